import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock, type ManualClock } from '@cartage/eventsourcing';
import type { LeftNotices } from '@cartage/service-kit';
import { parse } from 'csv-parse/sync';
import type { PartnerAdapter } from '../../../app/partners/partner';
import { contractMessages, partnerContract, type PartnerOnTrial, type SeenThere } from '../partner.contract';
import { folderPartner } from './folder-partner';

type Cells = Readonly<Record<string, string>>;

let root: string;
let clock: ManualClock;
let adapter: PartnerAdapter;
let trial: PartnerOnTrial;

const inOf = (name: string): string => join(root, 'old-wms', name);
const rowsOf = async (file: string): Promise<readonly Cells[]> => parse(await readFile(file), { columns: true });
const seen = async (): Promise<readonly SeenThere[]> => {
  const names = (await readdir(inOf('outbox'))).filter((name) => name.endsWith('.csv'));
  return Promise.all(
    names.map(async (name) => {
      const rows = await rowsOf(join(inOf('outbox'), name));
      const [{ messageId = '', type = '', reference = '', name: recipient = '' } = {}] = rows;
      const ofLines = rows.filter(({ lineId }) => lineId !== '');
      return {
        ...{ messageId, type, reference, recipient: recipient === '' ? undefined : recipient },
        lines: ofLines.map(({ lineId = '', sku = '', quantity }) => ({ lineId, sku, quantity: Number(quantity) })),
        trackingNumbers: rows.flatMap(({ trackingNumber = '' }) => (trackingNumber === '' ? [] : [trackingNumber])),
      };
    }),
  );
};

const header =
  'type,reference,occurredAt,code,detail,stockEffect,carrier,label,lineId,quantity,short,parcelId,weightGrams,lengthMm,trackingNumber,location,asOf,whole,sku,onHand';
const columns = header.split(',');
const cell = (value: unknown): string => (value === undefined ? '' : `"${String(value).replaceAll('"', '""')}"`);
const row = (cells: object): string => columns.map((column) => cell(Reflect.get(cells, column))).join(',');

interface Said {
  readonly lines?: readonly object[];
  readonly stock?: readonly object[];
  readonly parcels?: readonly { readonly lines: readonly object[] }[];
}
/** A row for each line, as an old system would write it. */
const fileOf = (notices: readonly object[]): string => {
  const rows = notices.flatMap((notice) => {
    const { lines, stock, parcels, ...head } = notice as Said;
    const inParcels = parcels?.flatMap(({ lines: inIt, ...parcel }) => inIt.map((line) => ({ ...parcel, ...line })));
    return (inParcels ?? lines ?? stock ?? [{}]).map((part) => row({ ...head, ...part }));
  });
  return [header, ...rows].join('\r\n');
};

const leave = async (name: string, content: string): Promise<void> => {
  await mkdir(inOf('inbox'), { recursive: true });
  await writeFile(join(inOf('inbox'), name), content);
};
const left = async (): Promise<readonly LeftNotices[]> => (await adapter.left?.()) ?? [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cartage-partners-'));
  clock = manualClock(new Date(Date.now() + 60_000).toISOString());
  const terms = { partner: 'old-wms', kind: 'wms', adapter: 'csv-folder', locations: ['LDN'], labels: 'ours', secrets: [] } as const;
  adapter = folderPartner({ root, settleMs: 10_000, clock })(terms);
  trial = {
    ...{ adapter, seen },
    say: async (notices) => {
      await leave('answers.csv', fileOf(notices));
      return (await left()).flatMap((file) => file.notices.map(({ body }) => body));
    },
  };
});
afterEach(() => rm(root, { recursive: true }));

partnerContract('a partner that reads and writes CSV files', () => trial, ['say']);

describe('a folder of CSV files', () => {
  it('has each message whole, with all that an old system needs, and its label beside it', async () => {
    for (const message of contractMessages) await adapter.tell(message);
    const names = await readdir(inOf('outbox'));
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
    const labelled = names.find((name) => name.endsWith('.label.csv')) ?? '';
    const [{ labelFile = '', trackingNumber } = {}] = await rowsOf(join(inOf('outbox'), labelled));
    expect([trackingNumber, await readFile(join(inOf('outbox'), labelFile), 'utf8')]).toEqual(['CTG1', '%PDF-1.7']);
    const [first] = await rowsOf(join(inOf('outbox'), names.find((name) => name.endsWith('.request.csv')) ?? ''));
    expect(first).toMatchObject({
      ...{ title: 'Mug, "large"', attributes: '{"giftText":"Für Dich\\nund mich"}', address: '1 High Street\nFlat 2' },
      ...{ city: 'London', postalCode: 'SW1A 1AA', country: 'GB', service: 'next-day', shipBy: '2026-11-24T16:00:00.000Z' },
    });
  });

  it('is not read while a file is being written: it has another name, or was written to a moment ago', async () => {
    const answer = fileOf([{ type: 'accepted', reference: 'r' }]);
    for (const name of ['.answer.csv.part', 'answer.csv.tmp', '.answer.csv']) await leave(name, answer);
    expect(await left()).toEqual([]);
    await leave('answer.csv', answer);
    const now = manualClock(new Date().toISOString());
    const { partner, ...terms } = {
      partner: 'old-wms',
      kind: 'wms',
      adapter: 'csv-folder',
      locations: [],
      labels: 'ours',
      secrets: [],
    } as const;
    const lately = folderPartner({ root, settleMs: 10_000, clock: now })({ partner, ...terms });
    expect(await lately.left?.()).toEqual([]);
    expect(await left()).toHaveLength(1);
  });

  it('knows a file by what it holds: the same again, under another name, says nothing new', async () => {
    const answer = fileOf([{ type: 'accepted', reference: 'r' }]);
    await leave('monday.csv', answer);
    const [first] = await left();
    await first?.done();
    await leave('tuesday.csv', answer);
    const [again] = await left();
    expect(again?.notices).toEqual([expect.objectContaining({ noticeId: first?.notices[0]?.noticeId })]);
    expect(await readdir(inOf('done'))).toEqual([expect.stringMatching(/-monday\.csv$/)]);
  });

  it('gives back what cannot be read, with the line and the field of each fault', async () => {
    const reference = '0199a3c4-7b1e-7c3d-9f2a-000000000004';
    const lines = [
      { lineId: '1', quantity: 1 },
      { lineId: '2', quantity: 'two' },
    ];
    await leave(
      'bad.csv',
      fileOf([
        { type: 'accepted', reference },
        { type: 'picked', reference, lines },
      ]),
    );
    const [file] = await left();
    await file?.failed([{ notice: 1, field: 'lines[1].quantity', code: 'QUANTITY_INVALID', message: 'must be a whole number' }]);
    const [kept = '', report = ''] = (await readdir(inOf('failed'))).sort((a, b) => a.length - b.length);
    expect(kept).toMatch(/-bad\.csv$/);
    expect(await rowsOf(join(inOf('failed'), report))).toEqual([
      { line: '4', field: 'quantity', code: 'QUANTITY_INVALID', message: 'must be a whole number' },
    ]);
    expect(await readdir(inOf('inbox'))).toEqual([]);
  });

  it.each([
    ['says nothing', header],
    ['is no CSV', 'type,reference\n"accepted'],
  ])('gives back a file that %s', async (_, content) => {
    await leave('odd.csv', content);
    expect((await left())[0]?.faults).toEqual([expect.objectContaining({ line: expect.any(Number) as number })]);
  });
});
