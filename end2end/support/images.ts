// Pushes and pulls images with skopeo, as customers do.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Credentials } from './portal.ts';
import { must, run, type Outcome } from './processes.ts';

const TAG = '1.0';

/**
 * The outcome of a login, a push or a pull: `done`, `not let in` (wrong login name or secret), `not allowed` (the repository,
 * or pushing), or another failure with skopeo's message.
 */
export type Result = 'done' | 'not let in' | 'not allowed' | `failed: ${string}`;

export class Images {
  readonly #folder: string;
  readonly #host: string;
  readonly #env: Record<string, string>;

  /** Transfers to and from the registry at `host`; files go to the folder. */
  constructor(folder: string, host: string) {
    this.#folder = join(folder, 'images');
    this.#host = host;
    // Ignores logins to other registries that are stored for this user.
    this.#env = { REGISTRY_AUTH_FILE: join(this.#folder, 'auth.json') };
  }

  /** Creates one tiny image, which is pushed under every name. */
  async make(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const file = join(this.#folder, 'file');
    await writeFile(file, 'an image of one file\n');
    await must('umoci', ['init', '--layout', this.#layout]);
    await must('umoci', ['new', '--image', `${this.#layout}:${TAG}`]);
    await must('umoci', ['insert', '--rootless', '--image', `${this.#layout}:${TAG}`, file, '/file']);
  }

  push(repository: string, { loginName, secret }: Credentials): Promise<Result> {
    return this.#transfer([
      '--dest-tls-verify=false',
      `--dest-creds=${loginName}:${secret}`,
      `oci:${this.#layout}:${TAG}`,
      `docker://${this.#host}/${repository}:${TAG}`,
    ]);
  }

  async pull(repository: string, { loginName, secret }: Credentials): Promise<Result> {
    const target = await mkdtemp(join(this.#folder, 'pulled-'));
    const result = await this.#transfer([
      '--src-tls-verify=false',
      `--src-creds=${loginName}:${secret}`,
      `docker://${this.#host}/${repository}:${TAG}`,
      `dir:${target}`,
    ]);
    await rm(target, { recursive: true });
    return result;
  }

  /** `docker login` with the secret on standard input. */
  async login({ loginName, secret }: Credentials): Promise<Result> {
    const args = ['login', '--tls-verify=false', '--username', loginName, '--password-stdin', this.#host];
    return judge(await run('skopeo', args, { env: this.#env, stdin: secret }));
  }

  get #layout(): string {
    return join(this.#folder, 'layout');
  }

  async #transfer(args: readonly string[]): Promise<Result> {
    return judge(await run('skopeo', ['--insecure-policy', 'copy', '--quiet', ...args], { env: this.#env }));
  }
}

/** Distinguishes a refusal from any other failure, so that no test mistakes a missing image for a refused one. */
function judge({ code, stderr }: Outcome): Result {
  if (code === 0) return 'done';
  if (/the token secret is wrong|invalid username\/password/.test(stderr)) return 'not let in';
  if (/requested access to the resource is denied/.test(stderr)) return 'not allowed';
  return `failed: ${stderr}`;
}
