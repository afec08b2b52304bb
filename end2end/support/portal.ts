// The portal: the release binary with its own data folder, database and port.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Catalogue, Person } from './catalogue.ts';
import { must, Server } from './processes.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const BINARY = join(ROOT, 'target/release/registry-tokens');

/** Must match the registry's configuration. */
export const SERVICE = 'registry.fernlight.example';
export const ISSUER = 'tokens.fernlight.example';

export interface PortalSettings {
  /** A folder used only by this portal. */
  folder: string;
  databaseUrl: string;
  port: number;
  /** The registry's host as customers type it. */
  registry: string;
  vendor: string;
}

export interface Credentials {
  loginName: string;
  secret: string;
}

export class Portal {
  readonly url: string;
  readonly #settings: PortalSettings;
  readonly #env: Record<string, string>;
  #server: Server | undefined;
  #imports = 0;

  constructor(settings: PortalSettings) {
    this.url = `http://127.0.0.1:${settings.port}`;
    this.#settings = settings;
    this.#env = {
      DATABASE_URL: settings.databaseUrl,
      LEPTOS_SITE_ADDR: `127.0.0.1:${settings.port}`,
      LEPTOS_SITE_ROOT: 'target/site',
      REGISTRY_TOKENS_DATA: join(settings.folder, 'data'),
      REGISTRY_TOKENS_URL: this.url,
      REGISTRY_TOKENS_REGISTRY: settings.registry,
      REGISTRY_TOKENS_SERVICE: SERVICE,
      REGISTRY_TOKENS_ISSUER: ISSUER,
      REGISTRY_TOKENS_VENDOR: settings.vendor,
    };
  }

  async start(): Promise<void> {
    this.#server = new Server(BINARY, ['serve'], { cwd: ROOT, env: this.#env });
    await this.#server.ready(`${this.url}/readyz`);
  }

  async stop(): Promise<void> {
    const code = await this.#server?.stop();
    if (code !== 0) throw new Error(`the portal stopped with ${code}:\n${this.log}`);
  }

  /** Everything that the running portal has logged. */
  get log(): string {
    return this.#server?.log ?? '';
  }

  /** Runs a command, which must succeed; returns its output. */
  cli(args: readonly string[], stdin = ''): Promise<string> {
    return must(BINARY, args, { cwd: ROOT, env: this.#env, stdin });
  }

  /** Imports a catalogue. */
  async import(catalogue: Catalogue): Promise<string> {
    const folder = join(this.#settings.folder, 'catalogues');
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${(this.#imports += 1)}.json`);
    await writeFile(file, JSON.stringify(catalogue));
    return this.cli(['import', file]);
  }

  async setPassword(person: Person): Promise<void> {
    await this.cli(['user', 'set-password', person.email], `${person.password}\n`);
  }

  /** Creates a credential that may push to these repositories. */
  async createPublisher(name: string, repositories: readonly string[]): Promise<Credentials> {
    const text = await this.cli(['publisher', 'create', name, '--repositories', repositories.join(',')]);
    const loginName = /^Login name: (\S+)$/m.exec(text)?.[1];
    const secret = /^Token Secret: (\S+)$/m.exec(text)?.[1];
    if (!loginName || !secret) throw new Error('publisher create did not print a login name and a secret');
    return { loginName, secret };
  }

  /** Sends a token request for a pull, as a registry's client does. Must succeed, even if the pull is not granted. */
  async askToPull(repository: string, { loginName, secret }: Credentials): Promise<void> {
    const query = new URLSearchParams({ service: SERVICE, scope: `repository:${repository}:pull` });
    const headers = { Authorization: `Basic ${btoa(`${loginName}:${secret}`)}`, 'User-Agent': 'containerd/1.6.20' };
    const response = await fetch(`${this.url}/token?${query.toString()}`, { headers });
    if (!response.ok) throw new Error(`the token endpoint answers ${response.status}`);
    await response.body?.cancel();
  }
}
