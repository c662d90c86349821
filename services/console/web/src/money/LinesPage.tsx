import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { Choice } from '../tables/Choice';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import { outcomes, readLines, type LinesAddress } from './address';
import { lineColumns, type SettlementLine } from './line-columns';
import { LineDialog } from './LineDialog';
import { MoneyPage } from './MoneyPage';

const route = getRouteApi('/money/lines');

const Filters = ({ address }: { readonly address: LinesAddress }): ReactNode => {
  const { say, name } = useSpeech();
  const navigate = route.useNavigate();
  const change = (part: Readonly<Record<string, unknown>>): void =>
    void navigate({ search: (before) => readLines({ ...before, ...part }) });
  return (
    <section className="filters" aria-label={say('list.filters')}>
      <Choice
        label={say('money.line.which')}
        value={address.open ? 'open' : undefined}
        options={[['open', say('money.line.open-only')]]}
        onChoose={(chosen) => change({ open: chosen === 'open' || undefined })}
      />
      <Choice
        label={say('money.column.outcome')}
        value={address.outcome}
        options={outcomes.map((each) => [each, name('money.outcome', each)])}
        onChoose={(outcome) => change({ outcome })}
      />
      {address.settlementSource !== undefined && <bdi>{address.settlementSource}</bdi>}
      {address.settlementId !== undefined && (
        <Link to="/money/settlements/$settlementId" params={{ settlementId: address.settlementId }}>
          {say('money.line.one-settlement')}
        </Link>
      )}
      {Object.keys(address).length > 0 && (
        <button type="button" className="button" onClick={() => void navigate({ search: {} })}>
          {say('list.clear')}
        </button>
      )}
    </section>
  );
};

/** Lines of settlement files: what each was found to be, and those to be closed. */
export const LinesPage = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const address: LinesAddress = route.useSearch();
  const [chosen, choose] = useState<SettlementLine>();
  const columns = useMemo(() => lineColumns(choose), []);
  const pages = usePages<SettlementLine>(['money', 'lines', address], (page) =>
    bodyOf(api.GET('/payments/settlements/lines', { params: { query: { ...address, ...page } } })),
  );
  return (
    <MoneyPage title={say('money.lines')}>
      <Filters address={address} />
      <Listed
        pages={pages}
        columns={columns}
        label={say('money.lines')}
        none={{ title: say(address.open ? 'money.lines.none-open' : 'money.lines.none'), hint: say('money.lines.none.hint') }}
        counted={(count) => say('money.lines.shown', { count })}
      />
      {chosen && <LineDialog line={chosen} onClose={() => choose(undefined)} />}
    </MoneyPage>
  );
};
