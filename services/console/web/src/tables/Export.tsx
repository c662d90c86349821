import { useState, type ReactNode } from 'react';
import { save } from '../downloads/save';
import { useAnnounce } from '../frame/announcing';
import { Fault } from '../states/states';
import { useSpeech } from '../words/words';
import type { Columns } from './columns';
import { csvOf } from './csv';
import type { PageAsked, PageOf } from './Listed';

/** A file that is larger is a report’s (`schedule-a-report.md`). */
const MOST_ROWS = 10_000;
const PAGE = 200;

interface ExportProps<Row> {
  readonly columns: Columns<Row>;
  readonly ask: (page: PageAsked) => Promise<PageOf<Row>>;
}

/** Saves all rows of a list, not only those that are shown, as a file, with every column that can be written. */
export const Export = <Row,>({ columns, ask }: ExportProps<Row>): ReactNode => {
  const { say, count } = useSpeech();
  const announce = useAnnounce();
  const [written, setWritten] = useState<number>();
  const [fault, setFault] = useState<unknown>();
  const write = async (): Promise<void> => {
    const rows: Row[] = [];
    let cursor: string | null = null;
    do {
      const page: PageOf<Row> = await ask({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });
      rows.push(...page.items);
      cursor = page.next;
      setWritten(rows.length);
    } while (cursor !== null && rows.length < MOST_ROWS);
    save(new Blob(['\uFEFF', csvOf(columns.of, rows)], { type: 'text/csv;charset=utf-8' }), `${columns.list}.csv`);
    announce(cursor === null ? say('done', { what: say('export') }) : say('export.cut', { count: count(rows.length) }));
  };
  const begin = (): void => {
    setFault(undefined);
    setWritten(0);
    void write()
      .catch(setFault)
      .finally(() => setWritten(undefined));
  };
  if (fault !== undefined) return <Fault fault={fault} again={begin} />;
  return (
    <button type="button" className="button" disabled={written !== undefined} onClick={begin}>
      {written === undefined ? say('export') : say('export.rows', { count: written })}
    </button>
  );
};
