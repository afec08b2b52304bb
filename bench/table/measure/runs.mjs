// The runs alternate between the pages, so that other load on the machine affects both.
import { checkList, checkStep } from './alike.mjs';
import { STEPS } from './steps.mjs';

const WARM_UP_LOADS = 3;
const LOADS = 15;
const ROUNDS = 3;
/** Pause between two steps in milliseconds: users are slower, and Chromium rejects more than 200 changes of the URL in 30 s. */
const PAUSE = 160;
const FRAME = 1000 / 60;

/** Loads both pages repeatedly; returns the times of each creation. */
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

/** Repeats every step in both pages; returns the times by kind of step, and the number of rows that each page holds. */
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
        // A click can occur at any moment between two frames: the runs are spread evenly, in the same way for both pages.
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
