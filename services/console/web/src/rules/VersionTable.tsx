import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { Mark, Time } from '../marks/Mark';
import type { Columns } from '../tables/columns';
import { RowTable } from '../tables/RowTable';
import { useSpeech } from '../words/words';
import { readRules, type RulesAddress } from './address';
import type { RuleVersion } from './kinds/kind';

interface VersionTableProps {
  readonly versions: readonly RuleVersion[];
  readonly shown: RuleVersion | undefined;
  readonly activate: (version: RuleVersion) => void;
}

export const VersionName = ({ version: { version, isOfSettings } }: { readonly version: RuleVersion }): ReactNode =>
  isOfSettings ? useSpeech().say('rules.of-settings') : <bdi>{version}</bdi>;

const VersionLink = ({ version, isShown }: { readonly version: RuleVersion; readonly isShown: boolean }): ReactNode => (
  <Link
    to="."
    search={(before: RulesAddress) => readRules({ ...before, version: version.version, view: 'text' })}
    resetScroll={false}
    aria-current={isShown ? 'true' : undefined}
    className={isShown ? 'shown-version' : undefined}
    data-row
  >
    <VersionName version={version} />
  </Link>
);

const Standing = ({ version: { isInForce } }: { readonly version: RuleVersion }): ReactNode => {
  const { say } = useSpeech();
  return isInForce && <Mark tone="good">{say('rules.in-force')}</Mark>;
};

const Activate = ({ version, activate }: Pick<VersionTableProps, 'activate'> & { readonly version: RuleVersion }): ReactNode => {
  const { say } = useSpeech();
  if (version.isInForce || version.isOfSettings) return null;
  return (
    <button type="button" className="button" onClick={() => activate(version)}>
      {say('rules.activate')}
    </button>
  );
};

const columnsOf = ({ shown, activate }: Omit<VersionTableProps, 'versions'>): Columns<RuleVersion> => ({
  list: 'rule-versions',
  rowId: ({ version }) => version,
  of: [
    {
      id: 'version',
      heading: 'rules.column.version',
      show: (version) => <VersionLink version={version} isShown={version.version === shown?.version} />,
    },
    { id: 'standing', heading: 'column.status', show: (version) => <Standing version={version} /> },
    { id: 'note', heading: 'rules.column.note', show: ({ note }) => <bdi>{note}</bdi> },
    { id: 'by', heading: 'rules.column.by', show: ({ by }) => <bdi>{by}</bdi> },
    { id: 'at', heading: 'rules.column.at', show: ({ at }) => at !== null && <Time at={at} /> },
    { id: 'do', heading: 'rules.column.do', show: (version) => <Activate version={version} activate={activate} /> },
  ],
});

/** The newest few are seen; the others by opening them. */
const FEW = 6;

/** Versions, the newest first: which one is in force, and which is looked at. */
export const VersionTable = ({ versions, shown, activate }: VersionTableProps): ReactNode => {
  const { say } = useSpeech();
  const columns = useMemo(() => columnsOf({ shown, activate }), [shown, activate]);
  const others = versions.slice(FEW);
  return (
    <>
      <RowTable columns={columns} rows={versions.slice(0, FEW)} label={say('rules.versions')} />
      {others.length > 0 && (
        <details className="older" open={others.some(({ version }) => version === shown?.version)}>
          <summary>{say('rules.versions.older', { count: others.length })}</summary>
          <RowTable columns={columns} rows={others} label={say('rules.versions.older', { count: others.length })} />
        </details>
      )}
    </>
  );
};
