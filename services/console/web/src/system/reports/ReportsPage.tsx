import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { FormDialog } from '../../forms/FormDialog';
import { Time } from '../../marks/Mark';
import { Section } from '../../frame/Section';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import { SystemPage } from '../SystemPage';
import { ReportRuns } from './ReportRuns';

type Report = Schemas['SavedReport'];

const Schedule = ({ report: { schedule } }: { readonly report: Report }): ReactNode => {
  const { say } = useSpeech();
  if (schedule === undefined) return <span className="quiet">{say('system.report.asked-only')}</span>;
  return (
    <span className="code" dir="ltr">
      {schedule.cron} · {schedule.timeZone}
    </span>
  );
};

const Sql = ({ report: { name, sql } }: { readonly report: Report }): ReactNode => (
  <details>
    <summary>{name}</summary>
    <pre tabIndex={0} dir="ltr">
      {sql}
    </pre>
  </details>
);

/** Runs it with the values that it is kept with. */
const RunNow = ({ report: { name } }: { readonly report: Report }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isAsked, setAsked] = useState(false);
  const send = (key: string): Promise<unknown> =>
    bodyOf(api.POST('/reporting/reports/{name}/runs', { params: { path: { name }, header: { 'Idempotency-Key': key } }, body: {} }));
  return (
    <>
      <button type="button" className="button" onClick={() => setAsked(true)}>
        {say('system.report.run')}
      </button>
      {isAsked && (
        <FormDialog
          title={say('system.report.run.title', { report: name })}
          deed={say('system.report.run')}
          send={send}
          onClose={() => setAsked(false)}
        >
          <p>{say('system.report.run.what')}</p>
        </FormDialog>
      )}
    </>
  );
};

const columns: Columns<Report> = {
  list: 'reports',
  rowId: ({ name }) => name,
  of: [
    { id: 'name', heading: 'system.report', show: (report) => <Sql report={report} /> },
    { id: 'schedule', heading: 'system.report.schedule', show: (report) => <Schedule report={report} /> },
    { id: 'next', heading: 'system.report.next', show: ({ nextAt }) => nextAt !== undefined && <Time at={nextAt} as="since" /> },
    { id: 'formats', heading: 'system.report.formats', show: ({ formats }) => formats.join(', ') },
    { id: 'changed', heading: 'system.report.changed', show: ({ changedAt }) => <Time at={changedAt} />, isUnseenAtFirst: true },
    { id: 'deeds', heading: 'system.deeds', show: (report) => <RunNow report={report} /> },
  ],
};

const Kept = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const pages = usePages<Report>(['reports'], (query) => bodyOf(api.GET('/reporting/reports', { params: { query } })));
  return (
    <Section title={say('system.reports.kept')}>
      <Listed
        pages={pages}
        columns={columns}
        label={say('system.reports.kept')}
        none={{ title: say('system.reports.none'), hint: say('system.reports.none.hint') }}
        counted={(count) => say('system.reports.shown', { count })}
      />
    </Section>
  );
};

/** Questions of one's own that run at their time, and the files that they left. */
export const ReportsPage = (): ReactNode => (
  <SystemPage title={useSpeech().say('system.reports')}>
    <div className="system">
      <Kept />
      <ReportRuns />
    </div>
  </SystemPage>
);
