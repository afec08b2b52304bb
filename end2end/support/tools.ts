// The tools that customers paste snippets into, as far as they are on this machine.
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { run, type Outcome, type RunOptions } from './processes.ts';

/** Whether a program is here. */
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

/** What a test's title says where the program is not here; then the test is skipped. */
export function unless(program: string): string {
  return has(program) ? '' : ` (skipped: ${program} is not on this machine)`;
}

/** Pastes a text into bash. `prelude` comes before it: functions that stand between the text and a program. */
export function paste(text: string, { prelude = '', ...options }: RunOptions & { prelude?: string } = {}): Promise<Outcome> {
  return run('bash', ['--noprofile', '--norc', '-c', `${prelude}\n${text}`], options);
}

/**
 * Types a command at a terminal of its own, and a secret once the terminal does not show what is typed. What a person would see
 * is in the outcome.
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

/** The arguments that a pasted text gives a program, which is not run. */
export async function argumentsOf(program: string, text: string): Promise<string[]> {
  const { code, stdout, stderr } = await paste(text, { prelude: `${program}() { printf '%s\\n' "$@"; }` });
  if (code !== 0) throw new Error(stderr);
  return stdout.trimEnd().split('\n');
}

/** Whether a file of logins lets skopeo read an image. */
export async function opens(logins: string, image: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-tokens-logins-'));
  try {
    const file = join(folder, 'config.json');
    await writeFile(file, logins);
    const { code, stdout, stderr } = await run('skopeo', ['inspect', '--tls-verify=false', '--authfile', file, `docker://${image}`]);
    if (code === 0) return stdout.includes('"Digest"');
    // A file that cannot be read, or an image that is not there, is no refusal.
    if (/denied|unauthorized|invalid username\/password|token secret is wrong/.test(stderr)) return false;
    throw new Error(stderr);
  } finally {
    await rm(folder, { recursive: true });
  }
}
