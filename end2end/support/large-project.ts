// A project with more tokens than a page renders at once, and the expected values of each token.
import { expect } from '@playwright/test';

import { Account } from './account.ts';
import { BROKER, Company, day, ended, GATE, LEDGER, running } from './catalogue.ts';
import type { Portal } from './portal.ts';

export interface ProjectToken {
  name: string;
  type: 'User' | 'Service';
  createdFor: string;
  createdBy: string;
  end: string;
  /** Product keys in the order of the row. */
  products: string[];
  status: 'Active' | 'Expiring soon' | 'Expired' | 'Disabled';
  toAdd: boolean;
  /** The rank of the last use, higher is later; 0 if never used. */
  used: number;
}

export class LargeProject {
  readonly company: Company;
  /** Newest first. */
  readonly tokens: readonly ProjectToken[];

  constructor(company: Company, tokens: readonly ProjectToken[]) {
    this.company = company;
    this.tokens = tokens;
  }

  /** The tokens that match a predicate, newest first. */
  those(holds: (token: ProjectToken) => boolean): ProjectToken[] {
    return this.tokens.filter(holds);
  }
}

/** Successive sets of subscriptions, and how many tokens each owner gets during each. */
const PHASES = [
  { subscriptions: [running(BROKER)], admin: 30, developer: 20, pipeline: 10, cluster: 0 },
  { subscriptions: [running(BROKER), running(GATE, 10)], admin: 20, developer: 10, pipeline: 0, cluster: 10 },
  { subscriptions: [running(GATE, 10), running(LEDGER)], admin: 20, developer: 0, pipeline: 10, cluster: 0 },
  { subscriptions: [running(BROKER), running(GATE, 10), running(LEDGER)], admin: 10, developer: 0, pipeline: 0, cluster: 10 },
];

/** The final state of each phase's tokens: the Broker subscription has ended, and the developer has left. */
const OUTCOMES = [
  { end: day(-1), status: 'Expired', toAdd: true },
  { end: day(10), status: 'Expiring soon', toAdd: true },
  { end: day(400), status: 'Active', toAdd: false },
  { end: day(400), status: 'Active', toAdd: false },
] as const;

/** Creates the project and its 150 tokens. */
export async function makeLargeProject(portal: Portal, slug: string): Promise<LargeProject> {
  const company = new Company(slug);
  const [pipeline, cluster] = company.project.service_users;
  if (!pipeline || !cluster) throw new Error('a company has service users');
  await portal.import(company.catalogue());
  for (const person of [company.admin, company.developer]) await portal.setPassword(person);
  const admin = await Account.signIn(portal.url, company.admin);
  const developer = await Account.signIn(portal.url, company.developer);

  const tokens: ProjectToken[] = [];
  let used = 0;
  for (const [at, phase] of PHASES.entries()) {
    company.project.subscriptions = phase.subscriptions;
    await portal.import(company.catalogue());
    const products = phase.subscriptions.map(({ product }) => product).toSorted();
    const make = async (count: number, account: Account, owner: { name: string; email: string }, creator: string) => {
      const isService = owner === pipeline || owner === cluster;
      const outcome = account === developer ? ({ ...OUTCOMES[at]!, status: 'Disabled' } as const) : OUTCOMES[at]!;
      for (let made = 0; made < count; made += 1) {
        const name = nameOf(tokens.length);
        const token = await account.generate(company.path, name, isService ? owner.email : undefined);
        const isUsed = made === 0 && owner === pipeline;
        if (isUsed) {
          used += 1;
          await untilNextSecond();
          await portal.askToPull(`${products[0]}/any`, token);
        }
        const type = isService ? 'Service' : 'User';
        tokens.unshift({ name, type, createdFor: owner.name, createdBy: creator, products: runningFirst(products), ...outcome, used: isUsed ? used : 0 });
      }
    };
    await make(phase.admin, admin, company.admin, company.admin.name);
    await make(phase.developer, developer, company.developer, company.developer.name);
    await make(phase.pipeline, admin, pipeline, company.admin.name);
    await make(phase.cluster, admin, cluster, company.admin.name);
  }
  company.project.subscriptions = [ended(BROKER), running(GATE, 10), running(LEDGER)];
  company.project.members.pop();
  await portal.import(company.catalogue());
  // The portal stores uses within seconds.
  const unused = async () => (await admin.get(`${company.path}.csv`)).trimEnd().split('\r\n').filter((line) => line.endsWith(',"0"')).length;
  await expect.poll(unused, { timeout: 20_000 }).toBe(tokens.length - used);
  return new LargeProject(company, tokens);
}

/** Token names that are not in the order of creation, some in capital letters. */
function nameOf(made: number): string {
  const stem = ['build', 'deploy', 'edge', 'node', 'stage'][made % 5]!;
  const number = String((made * 37) % 150).padStart(3, '0');
  return `${made % 4 === 0 ? stem.toUpperCase() : stem}-${number}`;
}

/** Waits for the next second, because the times of uses have a resolution of one second. */
async function untilNextSecond(): Promise<void> {
  const second = () => Math.floor(Date.now() / 1000);
  const before = second();
  await expect.poll(second, { intervals: [20] }).toBeGreaterThan(before);
}

/** Products in the final order of a row: the one whose subscription has ended is last. */
function runningFirst(products: string[]): string[] {
  return [...products.filter((product) => product !== BROKER.key), ...products.filter((product) => product === BROKER.key)];
}
