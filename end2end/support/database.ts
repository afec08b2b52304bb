// A separate database for each portal: a SQLite file, or a PostgreSQL database that is created and dropped.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { must } from './processes.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

export interface Database {
  url: string;
  drop(): Promise<void>;
}

/** Creates a database; a SQLite file is placed in the folder. */
export async function makeDatabase(kind: DatabaseKind, folder: string): Promise<Database> {
  return kind === 'sqlite' ? sqlite(folder) : postgres();
}

function sqlite(folder: string): Database {
  return { url: `sqlite:${join(folder, 'portal.sqlite')}`, drop: async () => {} };
}

async function postgres(): Promise<Database> {
  const server = process.env['TEST_POSTGRES_URL'];
  if (!server) {
    // Skipping half of the tests would look like success.
    throw new Error(
      'TEST_POSTGRES_URL is not set: name a PostgreSQL server where tests may make databases, '
        + 'such as postgres://postgres@127.0.0.1:5432/postgres',
    );
  }
  const name = `registry_tokens_end2end_${randomBytes(8).toString('hex')}`;
  const sql = (text: string) => must('psql', [server, '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', `--command=${text}`]);
  await sql(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await sql(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
