// Catalogues in the documented format, with a fictional vendor and customers. Dates are relative to today (UTC).

export interface Subscription {
  product: string;
  starts: string;
  ends: string;
}

export interface Project {
  key: string;
  name: string;
  type?: string;
  support_tier?: string;
  closed?: boolean;
  subscriptions: Subscription[];
  members: { email: string; role: 'admin' | 'customer' }[];
  service_users: { email: string; name: string; active?: boolean }[];
}

export interface Catalogue {
  products?: { key: string; name: string; repositories: string[] }[];
  users?: { email: string; name: string; active?: boolean }[];
  projects?: Project[];
}

export interface Person {
  email: string;
  name: string;
  password: string;
}

export const VENDOR = 'Fernlight';

/** The vendor's products. */
export const BROKER = { key: 'fernlight-broker', name: 'Fernlight Broker', repositories: ['fernlight-broker/*'] };
export const GATE = { key: 'fernlight-gate', name: 'Fernlight Gate', repositories: ['fernlight-gate/*'] };
export const LEDGER = { key: 'fernlight-ledger', name: 'Fernlight Ledger', repositories: ['ledger/core', 'ledger/worker'] };
export const PRODUCTS = [BROKER, GATE, LEDGER];

/** The ISO date `offset` days from today. */
export function day(offset: number): string {
  return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
}

/** An active subscription that ends in `days` days. */
export function running(product: { key: string }, days = 400): Subscription {
  return { product: product.key, starts: day(-100), ends: day(days) };
}

/** A subscription whose last day was yesterday. */
export function ended(product: { key: string }): Subscription {
  return { product: product.key, starts: day(-400), ends: day(-1) };
}

/** A customer with one project. Change `project`, then import `catalogue()` again. */
export class Company {
  readonly admin: Person;
  readonly developer: Person;
  readonly project: Project;

  /** `slug` is lower case and unique. */
  constructor(slug: string) {
    const domain = `${slug}.example`;
    this.admin = { email: `admin@${domain}`, name: 'Ines Quayle', password: `${slug}-admin-passphrase` };
    this.developer = { email: `dev@${domain}`, name: 'Tomas Reef', password: `${slug}-developer-passphrase` };
    this.project = {
      key: slug.toUpperCase(),
      name: `${slug.charAt(0).toUpperCase()}${slug.slice(1)} Production`,
      type: 'Subscription',
      support_tier: 'Gold',
      subscriptions: [running(BROKER)],
      members: [
        { email: this.admin.email, role: 'admin' },
        { email: this.developer.email, role: 'customer' },
      ],
      service_users: [
        { email: `pipeline@svc.${domain}`, name: 'Build pipeline' },
        { email: `cluster@svc.${domain}`, name: 'Staging cluster' },
        { email: `retired@svc.${domain}`, name: 'Retired server', active: false },
      ],
    };
  }

  catalogue(): Catalogue {
    const users = [this.admin, this.developer].map(({ email, name }) => ({ email, name }));
    return { products: PRODUCTS, users, projects: [this.project] };
  }

  /** The path of the project's token list. */
  get path(): string {
    return `/projects/${this.project.key}/registry-tokens`;
  }
}
