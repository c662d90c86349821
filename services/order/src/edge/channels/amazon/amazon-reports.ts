import type { AfterSaleSource, ChangedAfterSale } from '../../../app/channels/channel-source';
import { isFields, JsonReading, type Fields } from '../json-reading';
import type { AmazonApi } from './amazon-api';
import { downloaded } from './amazon-documents';
import { returnsIn } from './amazon-returns';

const REPORTS = '/reports/2021-06-30';
const TYPE = 'GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE';
const MINUTE_MS = 60_000;
const EVERY_MS = 3 * MINUTE_MS;
/** A report is made every hour, of as many days as one may have: what has become of a return stands in it under the day on which it was asked for. */
const REPORT_EVERY_MS = 60 * MINUTE_MS;
const WINDOW_MS = 59 * 1_440 * MINUTE_MS;
/** After one that Amazon could not make. */
const AGAIN_MS = 30 * MINUTE_MS;
/** What asked twice costs nothing but a word: the clocks differ. */
const MARGIN_MS = 5 * MINUTE_MS;
const PATIENCE_MS = 10 * MINUTE_MS;

const reading = new JsonReading();

interface Asking {
  readonly api: AmazonApi;
  readonly stopping: AbortSignal | undefined;
}

interface Report {
  readonly status: string;
  readonly from: number;
  readonly to: number;
  readonly documentId: string | undefined;
  readonly createdAt: number;
}

const reportIn = (report: Fields): Report => {
  const timeOf = (name: string): number => Date.parse(reading.optionalText(report, name) ?? '');
  return {
    ...{ status: reading.optionalText(report, 'processingStatus') ?? '', documentId: reading.optionalText(report, 'reportDocumentId') },
    ...{ from: timeOf('dataStartTime'), to: timeOf('dataEndTime'), createdAt: timeOf('createdTime') },
  };
};

/** The last one that says more than is known, and all of it: others may have asked for it as well. */
const lastReport = async ({ api, stopping }: Asking, since: number): Promise<Report | undefined> => {
  // What is longer ago than a report may say is in no report.
  const known = Math.max(since, api.clock.now().getTime() - WINDOW_MS);
  const createdSince = new Date(known - MARGIN_MS).toISOString();
  const query = new URLSearchParams({ reportTypes: TYPE, marketplaceIds: api.marketplaces.join(','), createdSince, pageSize: '100' });
  const answer = await api.ask({ operation: 'getReports', path: `${REPORTS}/reports?${query}`, patienceMs: PATIENCE_MS, stopping });
  const reports = (Array.isArray(answer['reports']) ? answer['reports'] : []).filter(isFields).map(reportIn);
  return reports.filter(({ from, to }) => from <= known && to > known).toSorted((one, other) => other.createdAt - one.createdAt)[0];
};

const order = async ({ api, stopping }: Asking): Promise<void> => {
  const now = api.clock.now().getTime();
  const times = {
    dataStartTime: new Date(now - WINDOW_MS).toISOString(),
    dataEndTime: new Date(now).toISOString(),
  };
  const body = { reportType: TYPE, marketplaceIds: api.marketplaces, ...times };
  await api.ask({ operation: 'createReport', path: `${REPORTS}/reports`, method: 'POST', body, patienceMs: PATIENCE_MS, stopping });
};

const textOf = async ({ api, stopping }: Asking, documentId: string): Promise<string> => {
  const path = `${REPORTS}/documents/${encodeURIComponent(documentId)}`;
  return downloaded(await api.ask({ operation: 'getReportDocument', path, patienceMs: PATIENCE_MS, stopping }));
};

/** Amazon calls one off that has nothing to say. */
const wordsOf = async (asking: Asking, { status, documentId }: Report): Promise<ChangedAfterSale['words'] | undefined> => {
  if (status === 'CANCELLED') return [];
  return status === 'DONE' && documentId !== undefined ? returnsIn(await textOf(asking, documentId)) : undefined;
};

async function* changedSince(asking: Asking, since: string): AsyncGenerator<ChangedAfterSale> {
  const [from, now] = [Date.parse(since), asking.api.clock.now().getTime()];
  if (now - from < REPORT_EVERY_MS) return;
  const report = await lastReport(asking, from);
  const isLost = report?.status === 'FATAL' && now - report.createdAt >= AGAIN_MS;
  if (!report || isLost) return order(asking);
  const words = await wordsOf(asking, report);
  if (words) yield { words, until: new Date(report.to).toISOString() };
}

/** What customers send back to the seller itself, by reports: one is asked for, and looked for until it is there, by whatever process. */
export const amazonReturnSource = (api: AmazonApi): AfterSaleSource => ({
  ...{ name: 'returns', everyMs: EVERY_MS, overlapMs: 0 },
  changedSince: (since, stopping) => changedSince({ api, stopping }, since),
});
