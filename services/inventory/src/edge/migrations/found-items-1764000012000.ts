import type { MigrationInterface, QueryRunner } from 'typeorm';
import { findableWords } from '../../domain/catalogue/words';

const COLUMN = `
alter table item add column words tsvector not null default '';
comment on column item.words is 'What it is found by: its SKU, the parts of this, and the words of its title, without case and accents.';
`;
const INDEX = 'create index item_by_word on item using gin (words)';

const READ = 'select sku, title from item where sku > $1 order by sku limit 1000';
const WRITE = `
update item set words = array_to_tsvector(w.words) from jsonb_to_recordset($1) as w (sku text, words text[]) where item.sku = w.sku`;

interface Row {
  readonly sku: string;
  readonly title: string;
}

export class FoundItems1764000012000 implements MigrationInterface {
  readonly name = 'FoundItems1764000012000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMN);
    let last: string | undefined = '';
    while (last !== undefined) {
      const rows = (await runner.query(READ, [last])) as readonly Row[];
      await runner.query(WRITE, [JSON.stringify(rows.map((row) => ({ sku: row.sku, words: findableWords(row) })))]);
      last = rows.at(-1)?.sku;
    }
    await runner.query(INDEX);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
