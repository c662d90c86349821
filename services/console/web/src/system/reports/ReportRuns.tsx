import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { DownloadButton } from '../../downloads/DownloadButton';
import { Mark, Time } from '../../marks/Mark';
import type { Tone } from '../../marks/tones';
import { Section } from '../../frame/Section';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import { UNTOLD } from '../untold';
import { Notices } from './Notices';

type Run = Schemas['ReportRun'];
type RunFile = Run['files'][number];

const tones: Readonly<Record<Run['state'], Tone>> = { waiting: 'calm', running: 'going', done: 'good', failed: 'bad' };

const RunState = ({ run: { state, code, detail } }: { readonly run: Run }): ReactNode => (
  <span className="marks">
    <Mark tone={tones[state]}>{useSpeech().say(`system.run.${state}`)}</Mark>
    {code !== undefined && <bdi title={code}>{detail ?? code}</bdi>}
  </span>
);

const FileButton = ({ runId, file: { name, format } }: { readonly runId: string; readonly file: RunFile }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const params = { path: { runId, format } };
  return (
    <DownloadButton
      fileName={name.split('/').at(-1) ?? name}
      fetchFile={() => bodyOf<Blob>(api.GET('/reporting/runs/{runId}/files/{format}', { params, parseAs: 'blob' }))}
    >
      {say('system.run.download', { format })}
    </DownloadButton>
  );
};

const Rows = ({ run: { rows } }: { readonly run: Run }): ReactNode => {
  const { count } = useSpeech();
  return rows === undefined ? null : <span className="number">{count(rows)}</span>;
};

const columns: Columns<Run> = {
  list: 'report-runs',
  rowId: ({ runId }) => runId,
  of: [
    { id: 'report', heading: 'system.report', show: ({ report }) => report },
    { id: 'planned', heading: 'system.run.planned', show: ({ plannedFor }) => <Time at={plannedFor} /> },
    { id: 'state', heading: 'system.state', show: (run) => <RunState run={run} /> },
    { id: 'rows', heading: 'system.run.rows', show: (run) => <Rows run={run} />, isAmount: true },
    { id: 'told', heading: 'system.notices', show: ({ notices }) => <Notices notices={notices} /> },
    { id: 'by', heading: 'system.replay.by', show: ({ plannedBy }) => plannedBy, isUnseenAtFirst: true },
    {
      id: 'files',
      heading: 'system.run.files',
      show: ({ runId, files }) => (
        <span className="marks">
          {files.map((file) => (
            <FileButton key={file.format} runId={runId} file={file} />
          ))}
        </span>
      ),
    },
  ],
};

/** What ran, and what it left. */
export const ReportRuns = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const pages = usePages<Run>(['report-runs'], (query) => bodyOf(api.GET('/reporting/runs', { params: { query } })), UNTOLD);
  return (
    <Section title={say('system.runs')}>
      <Listed
        pages={pages}
        columns={columns}
        label={say('system.runs')}
        none={{ title: say('system.runs.none') }}
        counted={(count) => say('system.runs.shown', { count })}
      />
    </Section>
  );
};
