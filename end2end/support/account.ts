// Uses the portal without a browser, through the no-JavaScript forms. Fast enough to generate a hundred tokens.
import type { BrowserContext } from '@playwright/test';

import type { Person } from './catalogue.ts';
import type { Credentials } from './portal.ts';

/** A signed-in user. */
export class Account {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  static async signIn(url: string, { email, password }: Person): Promise<Account> {
    const response = await send(url, '', '/sign-in', { email, password });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (response.status !== 303 || !cookie) throw new Error(`${email} is not signed in: ${response.status}`);
    return new Account(url, cookie);
  }

  /** The user who is signed in in a browser context. */
  static async of(context: BrowserContext, url: string): Promise<Account> {
    const cookies = await context.cookies(url);
    return new Account(url, cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
  }

  /** Generates a token; the e-mail of a service user makes it a Service Token. */
  async generate(path: string, name: string, serviceUser?: string): Promise<Credentials> {
    const kind: Record<string, string> = serviceUser === undefined ? { kind: 'user' } : { kind: 'service', service_user: serviceUser };
    const answer = await this.post(`${path}/generate`, { name, ...kind });
    const field = (id: string) => new RegExp(`<input[^>]* id="${id}"[^>]*>`).exec(answer)?.[0].match(/ value="([^"]*)"/)?.[1];
    const [loginName, secret] = [field('login-name'), field('token-secret')];
    if (!loginName || !secret) throw new Error(`no secret of ${name} is in the answer`);
    return { loginName, secret };
  }

  /** Sends a form, which must succeed; returns the HTML of the response. */
  async post(path: string, fields: Record<string, string>): Promise<string> {
    const response = await send(this.#url, this.#cookie, path, fields);
    if (response.status !== 200 && response.status !== 303) throw new Error(`${path} answers ${response.status}`);
    return response.text();
  }

  /** The server-rendered HTML of a page. */
  async get(path: string): Promise<string> {
    const response = await fetch(this.#url + path, { headers: { Cookie: this.#cookie } });
    if (!response.ok) throw new Error(`${path} answers ${response.status}`);
    return response.text();
  }
}

/** Sends a form with the headers of a browser on a page of the portal. */
function send(url: string, cookie: string, path: string, fields: Record<string, string>): Promise<Response> {
  const headers = { Cookie: cookie, Origin: url, 'Sec-Fetch-Site': 'same-origin' };
  return fetch(url + path, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
}
