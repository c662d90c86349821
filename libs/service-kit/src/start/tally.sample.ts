import { Topics } from '@cartage/contracts';
import {
  deciding,
  evolving,
  handling,
  Refused,
  type Decider,
  type Handled,
  type Meta,
  type Named,
  type Translation,
} from '@cartage/eventsourcing';
import type { Listener } from '@cartage/messaging';
import { put, type View } from '@cartage/views';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Min } from 'class-validator';
import { num } from 'envalid';
import type { FastifyReply } from 'fastify';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PageQuery } from '../http/page';
import { CommandMeta } from '../http/request-meta';
import { answered, IfMatch } from '../http/version';
import { OptionalNestedList } from '../input/parts';
import type { Kit, Service } from '../service';

/** The smallest whole service: one decider, one view, one listener on its own topic and a migration. For the kit's own specs. */
interface Settings {
  readonly LARGEST: number;
}

type Tallied = Named<'Tallied', { readonly name: string; readonly quantity: number }>;
type Tally = Named<'Tally', { readonly name: string; readonly quantity: number; readonly largest: number }>;

const tally: Decider<Tally, number, Tallied> = {
  initial: 0,
  evolve: evolving<number, Tallied>({ Tallied: (sum, { quantity }) => sum + quantity }),
  decide: deciding<Tally, number, Tallied>({
    Tally: ({ name, quantity, largest }, sum) => {
      if (sum + quantity > largest)
        throw new Refused('TALLY_TOO_LARGE', `At most ${largest} may be tallied.`, 'invalid', [
          { field: 'quantity', code: 'TALLY_TOO_LARGE', message: `at most ${largest}` },
        ]);
      return [{ type: 'Tallied', data: { name, quantity } }];
    },
  }),
};

const translate: Translation<Tallied, Tallied> = { Tallied: ({ type, data }) => ({ type, data }) };

const tallyCount: View<Tallied> = {
  name: 'tally_count',
  about: 'How much of each thing was tallied last?',
  columns: { name: { type: 'text not null', about: 'The thing.' }, quantity: { type: 'integer not null', about: 'Pieces.' } },
  key: ['name'],
  revision: 1,
  on: { Tallied: ({ data }) => put({ ...data }) },
};

class MakeTables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table heard (name text primary key, quantity integer not null)');
    await runner.query('create table colour (name text primary key, warm boolean not null)');
    await runner.query(`insert into colour values ('red', true), ('green', false)`);
  }

  async down(): Promise<void> {
    throw new Error('Forward only.');
  }
}

class PartDto {
  @IsOptional()
  @IsInt()
  size?: number;

  @IsOptional()
  @IsString()
  note?: string;
}

class TallyDto {
  @ApiProperty()
  @IsString()
  name!: string;

  @ApiProperty()
  @IsInt()
  @Min(1)
  quantity!: number;

  @OptionalNestedList(() => PartDto, { max: 10 })
  parts?: readonly PartDto[];
}

const TALLIES = Symbol('tallies');

interface Tallies {
  add(entry: TallyDto, meta: Meta, ifVersion?: number): Promise<Handled<number, Tallied>>;
  heard(name: string, quantity: number): Promise<void>;
  shown(name: string, minPosition?: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  colours(): Promise<readonly string[]>;
}

const talliesOf = ({ pool, viewReached, settings, ...kit }: Kit<Settings>): Tallies => {
  const send = handling(kit, tally);
  return {
    add: ({ name, quantity }, meta, ifVersion) =>
      send(`tally-${name}`, { type: 'Tally', data: { name, quantity, largest: settings.LARGEST } }, meta, ifVersion),
    heard: async (name, quantity) => {
      await pool.query('insert into heard values ($1, $2) on conflict (name) do update set quantity = excluded.quantity', [name, quantity]);
    },
    shown: async (name, minPosition) => {
      if (minPosition !== undefined) await viewReached(tallyCount, minPosition);
      const sql =
        'select name, v.quantity, coalesce(h.quantity, 0) as heard from tally_count v left join heard h using (name) where name = $1';
      return (await pool.query<Record<string, unknown>>(sql, [name])).rows[0];
    },
    colours: async () =>
      (await pool.query<{ readonly name: string }>('select name from colour order by name')).rows.map(({ name }) => name),
  };
};

@Controller('tallies')
class TallyController {
  private waiting = 0;

  constructor(@Inject(TALLIES) private readonly tallies: Tallies) {}

  @Post()
  async add(
    @Body() body: TallyDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly sum: number }> {
    const handled = await this.tallies.add(body, meta, ifVersion);
    answered(reply, handled);
    return { sum: handled.state };
  }

  @Get('migrated')
  async colours(): Promise<{ readonly colours: readonly string[] }> {
    return { colours: await this.tallies.colours() };
  }

  @Get('broken')
  broken(): never {
    throw new Error('secret of the house');
  }

  /** Never answered. */
  @Get('stuck')
  stuck(): Promise<never> {
    this.waiting += 1;
    return new Promise(() => undefined);
  }

  @Get('waiting')
  waitingNow(): { readonly waiting: number } {
    return { waiting: this.waiting };
  }

  @Get(':name')
  shown(@Param('name') name: string, @Query() { minPosition }: PageQuery): ReturnType<Tallies['shown']> {
    return this.tallies.shown(name, minPosition);
  }
}

export const tallyService: Service<Settings> = {
  name: 'tally',
  schema: 'tally',
  title: 'Tallies',
  paths: ['tallies'],
  area: 'orders',
  port: 3999,
  settings: { LARGEST: num({ desc: 'the most that may be tallied.', default: 10 }) },
  migrations: [MakeTables1700000000000],
  views: [tallyCount],
  publication: { service: 'tally', topic: Topics.order, translate },
  compose: (kit) => {
    const tallies = talliesOf(kit);
    const listener: Listener<Tallied> = {
      group: 'tally.order',
      topic: Topics.order,
      on: { Tallied: ({ name, quantity }) => tallies.heard(name, quantity) },
    };
    return {
      controllers: [TallyController],
      providers: [{ provide: TALLIES, useValue: tallies }],
      listeners: [listener],
      start: () =>
        kit.deadlines.set({ id: 'tally-opened', stream: 'tally-opened', name: 'Opened', dueAt: kit.now().toISOString(), data: 7 }),
      onDue: ({ name, data }) => tallies.heard(name, Number(data)),
    };
  },
};
