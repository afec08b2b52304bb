// node tools/example-catalogue.mjs: prints docs/example-catalogue.json with every date shifted by the days since it was
// written. So each subscription keeps its state: active, ending soon or ended.
import { readFileSync } from 'node:fs';

const written = Date.UTC(2026, 10, 23);
const day = 24 * 60 * 60 * 1000;
const passed = Math.floor((Date.now() - written) / day) * day;
const moved = (date) => new Date(Date.parse(date) + passed).toISOString().slice(0, 10);

const text = readFileSync(new URL('../docs/example-catalogue.json', import.meta.url), 'utf8');
process.stdout.write(text.replace(/"\d{4}-\d\d-\d\d"/g, (date) => `"${moved(date.slice(1, -1))}"`));
