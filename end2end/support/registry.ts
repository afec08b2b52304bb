// A real registry (Distribution 2.8) with the portal as its token server.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ISSUER, SERVICE, type Portal } from './portal.ts';
import { Server } from './processes.ts';

export class Registry {
  /** Host and port, as in an image's name. */
  readonly host: string;
  readonly #folder: string;
  #server: Server | undefined;

  constructor(folder: string, port: number) {
    this.host = `127.0.0.1:${port}`;
    this.#folder = join(folder, 'registry');
  }

  /** Starts the registry with the portal's certificate; the portal need not be running yet. */
  async start(portal: Portal): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const certificate = join(this.#folder, 'token.crt.pem');
    await writeFile(certificate, await portal.cli(['keys', 'certificate']));
    const config = join(this.#folder, 'config.yml');
    await writeFile(
      config,
      `version: 0.1
log: {level: warn}
storage: {filesystem: {rootdirectory: ${join(this.#folder, 'images')}}, delete: {enabled: true}}
http: {addr: ${this.host}, secret: one-registry-needs-no-shared-secret}
auth:
  token:
    realm: ${portal.url}/token
    service: ${SERVICE}
    issuer: ${ISSUER}
    rootcertbundle: ${certificate}
`,
    );
    this.#server = new Server('docker-registry', ['serve', config]);
    await this.#server.ready(`http://${this.host}/`);
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }
}
