import type { ReactNode } from 'react';
import { Part } from '../frame/Part';
import { Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { DifferenceView } from './DifferenceView';
import { DraftEditor } from './DraftEditor';
import { Forks } from './Forks';
import { NumberedText } from './NumberedText';
import { RenderedView } from './RenderedView';
import { TrialView } from './TrialView';
import { views, type View } from './address';
import type { RuleVersion } from './kinds/kind';
import { useLook, useText, type OfRules } from './looking';

interface VersionPanelProps extends OfRules {
  readonly shown: RuleVersion;
  readonly inForce: RuleVersion | undefined;
  readonly view: View;
}

const canBe = ({ kind, shown, inForce }: VersionPanelProps, view: View): boolean => {
  if (view === 'difference') return inForce !== undefined && shown.version !== inForce.version;
  if (view === 'trial') return kind.trial !== undefined && !shown.isOfSettings;
  return true;
};

const Views = (props: VersionPanelProps): ReactNode => {
  const { say } = useSpeech();
  const look = useLook();
  return (
    <div className="rules-views" role="group" aria-label={say('rules.views')}>
      {views.map(
        (each) =>
          canBe(props, each) && (
            <button key={each} type="button" className="button" aria-pressed={props.view === each} onClick={() => look({ view: each })}>
              {say(each === 'draft' && props.kind.isAtOnce ? 'rules.change' : `rules.view.${each}`)}
            </button>
          ),
      )}
    </div>
  );
};

const TextView = ({ kind, set, shown }: VersionPanelProps): ReactNode => {
  const text = useText({ kind, set }, shown.version);
  return (
    <>
      {kind.render && <RenderedView kind={kind} set={set} version={shown.version} />}
      <Shown of={text} rows={8}>
        {(found) =>
          kind.parts.map((part) => {
            const words = found[part];
            return words !== undefined && <NumberedText key={part} {...{ kind, part }} text={words} />;
          })
        }
      </Shown>
    </>
  );
};

const Look = (props: VersionPanelProps): ReactNode => {
  const { kind, set, shown, inForce, view } = props;
  if (view === 'difference' && inForce) return <DifferenceView {...{ kind, set }} before={inForce.version} now={shown.version} />;
  if (view === 'trial') return <TrialsOf {...props} />;
  if (view === 'draft') return <DraftEditor {...{ kind, set, inForce }} from={shown.version} />;
  return <TextView {...props} />;
};

const TrialsOf = ({ kind, shown }: VersionPanelProps): ReactNode => (
  <>
    <TrialView kind={kind} version={shown.version} />
    {kind.hasForks && <Forks version={shown.version} />}
  </>
);

/** A version, looked at in one of several ways. */
export const VersionPanel = (props: VersionPanelProps): ReactNode => {
  const { say } = useSpeech();
  const { shown, view } = props;
  const title = shown.isOfSettings ? say('rules.of-settings') : say('rules.version', { version: shown.version });
  return (
    <Part title={title} aside={<Views {...props} />}>
      <Look {...props} view={canBe(props, view) ? view : 'text'} />
    </Part>
  );
};
