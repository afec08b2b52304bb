// Opens a page in a signed-in browser.
import { readFile } from 'node:fs/promises';

import puppeteer from 'puppeteer-core';

import { options } from '../measure/chromium.mjs';

const script = await readFile(new URL('first-row.js', import.meta.url), 'utf8');

export async function open(origin, email, password) {
  const cookie = await signIn(origin, email, password);
  const browser = await puppeteer.launch({ ...options, defaultViewport: null });
  // Lighthouse does not clear cookies.
  await browser.setCookie({ ...cookie, domain: new URL(origin).hostname });
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(script);
  return { browser, page };
}

/** Signs in and returns the session cookie. */
async function signIn(origin, email, password) {
  const body = new URLSearchParams({ email, password });
  const answer = await fetch(`${origin}/sign-in`, { method: 'POST', redirect: 'manual', headers: { origin }, body });
  const [cookie] = answer.headers.getSetCookie();
  if (answer.status !== 303 || !cookie) throw new Error(`signing in: status ${answer.status}`);
  const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
  return { name, value };
}
