// The tools for which the portal shows snippets, if they are installed.
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { run, type Outcome, type RunOptions } from './processes.ts';

/** Whether a program is in PATH. */
export function has(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A suffix for the title of a test that is skipped because the program is not installed; otherwise empty. */
export function unless(program: string): string {
  return has(program) ? '' : ` (skipped: ${program} is not on this machine)`;
}

/** Runs a text in bash. `prelude` runs first: functions that wrap or replace programs. */
export function paste(text: string, { prelude = '', ...options }: RunOptions & { prelude?: string } = {}): Promise<Outcome> {
  return run('bash', ['--noprofile', '--norc', '-c', `${prelude}\n${text}`], options);
}

/**
 * Runs a command in a new terminal, and types a secret as soon as the terminal's echo is off. The outcome has what a user would
 * see.
 */
export function typeAtTerminal(command: string, secret: string, env: Record<string, string>): Promise<Outcome> {
  const script = `
    coproc terminal { script -qec "tty; $COMMAND" /dev/null; }
    exec {out}<&\${terminal[0]} {in}>&\${terminal[1]}
    IFS= read -r device <&$out
    device=\${device%$'\\r'}
    while modes=$(stty -a -F "$device" 2> /dev/null) && [[ $modes != *' -echo '* ]]; do sleep .02; done
    printf '%s\\n' "$TYPED" >&$in
    cat <&$out`;
  return paste(script, { env: { ...env, COMMAND: command, TYPED: secret } });
}

/** The arguments that a pasted text passes to a program, without running the program. */
export async function argumentsOf(program: string, text: string): Promise<string[]> {
  const { code, stdout, stderr } = await paste(text, { prelude: `${program}() { printf '%s\\n' "$@"; }` });
  if (code !== 0) throw new Error(stderr);
  return stdout.trimEnd().split('\n');
}

/** Whether skopeo can read an image with a file of logins. */
export async function opens(logins: string, image: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-tokens-logins-'));
  try {
    const file = join(folder, 'config.json');
    await writeFile(file, logins);
    const { code, stdout, stderr } = await run('skopeo', ['inspect', '--tls-verify=false', '--authfile', file, `docker://${image}`]);
    if (code === 0) return stdout.includes('"Digest"');
    // An unreadable file or a missing image is not a refusal.
    if (/denied|unauthorized|invalid username\/password|token secret is wrong/.test(stderr)) return false;
    throw new Error(stderr);
  } finally {
    await rm(folder, { recursive: true });
  }
}
