// The runs: always one page, then the other, so that what the machine does meanwhile meets both.
import { checkList, checkStep } from './alike.mjs';
import { STEPS } from './steps.mjs';

const WARM_UP_LOADS = 3;
const LOADS = 15;
const ROUNDS = 3;
/** Between two steps, in milliseconds: a person is slower, and Chromium refuses more than 200 changes of the address in 30 s. */
const PAUSE = 160;
const FRAME = 1000 / 60;

/** Loads both pages again and again; returns what each creation took. */
export async function createRuns(ours, react) {
  const taken = { ours: [], react: [] };
  for (let run = -WARM_UP_LOADS; run < LOADS; run += 1) {
    const times = [await ours.create(), await react.create()];
    if (run >= 0) {
      taken.ours.push(times[0]);
      taken.react.push(times[1]);
    }
    ours.check();
    react.check();
  }
  return taken;
}

/** Does every step in both pages, again and again; returns what each took, by kind. The rows that each page holds besides. */
export async function stepRuns(ours, react) {
  const rows = await checkList(ours, react);
  const expected = { ours: [], react: [] };
  for (const step of STEPS) {
    expected.ours.push(await ours.call('learn', step));
    expected.react.push(await react.call('learn', step));
    checkStep(step, expected.ours.at(-1), expected.react.at(-1));
  }
  const taken = {};
  // The first round warms both up.
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [name, subject] of Object.entries({ ours, react })) {
      await subject.prepare();
      for (const [at, step] of STEPS.entries()) {
        // A click comes at any moment of a frame: the runs are spread evenly over it, the same for both pages.
        const phase = (((round + 1) * STEPS.length + at) * 0.618034 * FRAME) % FRAME;
        const time = await subject.call('time', step, phase, expected[name][at]);
        if (round >= 0) {
          taken[step.kind] ??= { ours: [], react: [] };
          taken[step.kind][name].push(time);
        }
        await subject.call('wait', PAUSE);
      }
      subject.check();
    }
  }
  return { rows, taken };
}
