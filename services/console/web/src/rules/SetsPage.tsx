import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type ComponentType, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { Mark } from '../marks/Mark';
import { Choice } from '../tables/Choice';
import type { Columns } from '../tables/columns';
import { Listed, usePages } from '../tables/Listed';
import { readable } from '../words/languages';
import { useSpeech } from '../words/words';
import { readRules, type RulesAddress } from './address';
import type { RuleKind, RuleSet } from './kinds/kind';
import { RulesPage } from './RulesPage';

type SetPath = '/rules/promises/$set' | '/rules/prices/$set' | '/rules/templates/$set';

interface SetsPageProps {
  readonly kind: RuleKind;
  readonly to: SetPath;
  /** Asks for a new one; absent: nobody adds any. */
  readonly New?: ComponentType<{ readonly onClose: () => void }>;
}

const Standing = ({ isActive }: Pick<RuleSet, 'isActive'>): ReactNode => {
  const { say } = useSpeech();
  return <Mark tone={isActive ? 'good' : 'calm'}>{say(isActive ? 'rules.in-use' : 'rules.off')}</Mark>;
};

const columnsOf = ({ id }: RuleKind, to: SetPath): Columns<RuleSet> => ({
  list: `rules-${id}`,
  rowId: ({ set }) => set,
  of: [
    {
      id: 'set',
      heading: 'rules.column.name',
      show: ({ set }) => (
        <Link to={to} params={{ set }} data-row>
          <bdi>{set}</bdi>
        </Link>
      ),
    },
    { id: 'standing', heading: 'column.status', show: (row) => <Standing {...row} /> },
    { id: 'version', heading: 'rules.column.version', show: ({ version }) => <span className="number">{version}</span>, isAmount: true },
  ],
});

const Topics = ({ topics, about }: { readonly topics: readonly string[]; readonly about: string | undefined }): ReactNode => {
  const { say } = useSpeech();
  const navigate = useNavigate();
  return (
    <section className="filters" aria-label={say('list.filters')}>
      <Choice
        label={say('rules.about')}
        value={about}
        options={topics.map((each) => [each, readable(each)])}
        onChoose={(chosen) => void navigate({ to: '.', search: readRules({ about: chosen }) })}
      />
    </section>
  );
};

/** Policies or templates, each of which has versions of its own. */
export const SetsPage = ({ kind, to, New }: SetsPageProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isAdding, setAdding] = useState(false);
  const columns = useMemo(() => columnsOf(kind, to), [kind, to]);
  const { about }: RulesAddress = useSearch({ strict: false });
  const pages = usePages<RuleSet>(
    ['rules', kind.id, 'sets', about],
    (page) => kind.sets?.(api, page, about) ?? Promise.resolve({ items: [], next: null }),
  );
  const add = (
    <button type="button" className="button" onClick={() => setAdding(true)}>
      {say(kind.id === 'prices' ? 'rules.add.prices' : 'rules.add')}
    </button>
  );
  return (
    <RulesPage title={say(`rules.${kind.id}`)} aside={New && add}>
      {kind.topics && <Topics topics={kind.topics} about={about} />}
      <Listed
        pages={pages}
        columns={columns}
        label={say(`rules.${kind.id}`)}
        none={{ title: say('rules.sets.none'), hint: say(kind.id === 'prices' ? 'rules.sets.none.prices' : 'rules.sets.none.hint') }}
        counted={(count) => say('rules.sets.shown', { count })}
      />
      {isAdding && New && <New onClose={() => setAdding(false)} />}
    </RulesPage>
  );
};
