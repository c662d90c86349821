import { gzipSync } from 'node:zlib';
import type { Json } from './shopify-order';

/** A return as the flat file report of returns has it, by the names of its columns. */
export type AmazonReturnRow = Readonly<Record<string, string>>;

interface Report {
  readonly reportId: string;
  readonly asked: Json;
  readonly createdTime: string;
  processingStatus: string;
  readonly text: string;
}

const flatFile = (rows: readonly AmazonReturnRow[]): string => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].map((cells) => cells.join('\t')).join('\r\n');
};

/** Reports of returns, as they were when they were asked for. */
export class AmazonReports {
  readonly rows: AmazonReturnRow[] = [];
  private readonly made: Report[] = [];
  /** In what letters they are written: UTF-8, or one byte each. */
  contentType = 'text/plain; charset=UTF-8';
  /** What becomes of those that are asked for from now on. */
  outcome = 'DONE';

  get count(): number {
    return this.made.length;
  }

  finish(): void {
    for (const report of this.made) report.processingStatus = 'DONE';
  }

  create(body: string, createdTime: string): Json {
    const reportId = `report-${this.made.length + 1}`;
    const asked = JSON.parse(body) as Json;
    this.made.push({ reportId, asked, createdTime, processingStatus: this.outcome, text: flatFile(this.rows) });
    return { reportId };
  }

  listed(query: URLSearchParams): Json {
    const since = Date.parse(query.get('createdSince') ?? '');
    const reports = this.made.filter(
      ({ asked, createdTime }) => asked['reportType'] === query.get('reportTypes') && Date.parse(createdTime) >= since,
    );
    return {
      reports: reports.map(({ reportId, asked, createdTime, processingStatus }) => ({
        ...{ ...asked, reportId, createdTime, processingStatus },
        ...(processingStatus === 'DONE' ? { reportDocumentId: `document-${reportId}` } : {}),
      })),
    };
  }

  document(id: string, origin: string): Json {
    return { reportDocumentId: id, url: `${origin}/reports/${id}`, compressionAlgorithm: 'GZIP' };
  }

  packed(id: string): Buffer {
    const text = this.made.find(({ reportId }) => `document-${reportId}` === id)?.text ?? '';
    return gzipSync(Buffer.from(text, /utf-8/i.test(this.contentType) ? 'utf8' : 'latin1'));
  }
}
