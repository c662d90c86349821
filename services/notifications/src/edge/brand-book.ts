import type { Sql } from '@cartage/views';
import type { Brand, BrandBook } from '../app/brands';

/** In the table `brand`. */
export const brandBookIn = (sql: Sql): BrandBook => ({
  all: async () => (await sql.query<Brand>('select code, name, sender, locale, channels from brand order by code')).rows,
  put: async ({ code, name, sender, locale, channels }) => {
    await sql.query(
      `insert into brand (code, name, sender, locale, channels) values ($1, $2, $3, $4, $5)
       on conflict (code) do update set name = excluded.name, sender = excluded.sender, locale = excluded.locale, channels = excluded.channels`,
      [code, name, sender, locale, channels],
    );
  },
});
