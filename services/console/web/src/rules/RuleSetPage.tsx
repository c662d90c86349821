import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { Part } from '../frame/Part';
import { withAnyNews } from '../live/live';
import { Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { ActivateDialog, RollBackDialog } from './InForceDialogs';
import type { RulesAddress } from './address';
import type { RuleVersion } from './kinds/kind';
import { useLook, type OfRules } from './looking';
import { RulesPage } from './RulesPage';
import { VersionPanel } from './VersionPanel';
import { VersionTable } from './VersionTable';

const Versions = ({ kind, set, versions }: OfRules & { readonly versions: readonly RuleVersion[] }): ReactNode => {
  const { say } = useSpeech();
  const address: RulesAddress = useSearch({ strict: false });
  const [activated, activate] = useState<RuleVersion>();
  const inForce = versions.find(({ isInForce }) => isInForce);
  const shown = versions.find(({ version }) => version === address.version) ?? inForce ?? versions[0];
  return (
    <>
      <Part title={say('rules.versions')}>
        <VersionTable {...{ versions, shown }} activate={activate} />
      </Part>
      {shown && <VersionPanel key={shown.version} {...{ kind, set, inForce }} shown={shown} view={address.view ?? 'text'} />}
      {activated && <ActivateDialog {...{ kind, set, inForce }} version={activated} onClose={() => activate(undefined)} />}
    </>
  );
};

/** Rules with their versions: what each says, how it differs from the one in force, what it would have done; drafts, and which one is in force. */
export const RuleSetPage = ({ kind, set }: OfRules): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const look = useLook();
  const [isRollingBack, setRollingBack] = useState(false);
  const versions = useQuery({
    queryKey: ['rules', kind.id, 'versions', set],
    queryFn: () => kind.versions(api, set),
    meta: withAnyNews,
  });
  const actions = (
    <span className="rules-actions">
      <button type="button" className="button main" onClick={() => look({ view: 'draft' })}>
        {say(kind.isAtOnce ? 'rules.change' : 'rules.draft')}
      </button>
      {kind.rollBack && (
        <button type="button" className="button" onClick={() => setRollingBack(true)}>
          {say('rules.roll-back')}
        </button>
      )}
    </span>
  );
  return (
    <RulesPage title={set === '' ? say(`rules.${kind.id}`) : set} aside={actions}>
      <Shown of={versions} rows={4}>
        {(found) => <Versions kind={kind} set={set} versions={found} />}
      </Shown>
      {isRollingBack && <RollBackDialog kind={kind} onClose={() => setRollingBack(false)} />}
    </RulesPage>
  );
};
