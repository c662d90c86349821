import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { Choice } from '../tables/Choice';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import { chargebackStatuses, readChargebacks, type ChargebacksAddress } from './address';
import { chargebackColumns, type ChargebackDeed } from './chargeback-columns';
import { EvidenceDialog, OutcomeDialog } from './ChargebackDialogs';
import type { Chargeback } from './deadline';
import { MoneyPage } from './MoneyPage';
import { RecordChargebackDialog } from './RecordChargebackDialog';

const route = getRouteApi('/money/chargebacks');

const List = ({ onDeed }: { readonly onDeed: (deed: ChargebackDeed) => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const address: ChargebacksAddress = route.useSearch();
  const columns = useMemo(() => chargebackColumns(onDeed), [onDeed]);
  const pages = usePages<Chargeback>(['money', 'chargebacks', address], (page) =>
    bodyOf(api.GET('/payments/chargebacks', { params: { query: { ...address, ...page } } })),
  );
  return (
    <Listed
      pages={pages}
      columns={columns}
      label={say('money.chargebacks')}
      none={{ title: say('money.chargebacks.none'), hint: say('money.chargebacks.none.hint') }}
      counted={(count) => say('money.chargebacks.shown', { count })}
    />
  );
};

const Filters = (): ReactNode => {
  const { say, name } = useSpeech();
  const address: ChargebacksAddress = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <section className="filters" aria-label={say('list.filters')}>
      <Choice
        label={say('column.status')}
        value={address.status}
        options={chargebackStatuses.map((each) => [each, name('money.chargeback', each)])}
        onChoose={(status) => void navigate({ search: (before) => readChargebacks({ ...before, status }) })}
      />
      {address.channel !== undefined && <bdi>{address.channel}</bdi>}
    </section>
  );
};

/** What banks took back: until when somebody has to answer, with what, and what was decided. */
export const ChargebacksPage = (): ReactNode => {
  const { say } = useSpeech();
  const [deed, setDeed] = useState<ChargebackDeed>();
  const [isRecording, setRecording] = useState(false);
  const close = (): void => setDeed(undefined);
  const record = (
    <button type="button" className="button" onClick={() => setRecording(true)}>
      {say('money.chargeback.record')}
    </button>
  );
  return (
    <MoneyPage title={say('money.chargebacks')} aside={record}>
      <Filters />
      <List onDeed={setDeed} />
      {deed?.kind === 'evidence' && <EvidenceDialog chargeback={deed.chargeback} onClose={close} />}
      {deed?.kind === 'outcome' && <OutcomeDialog chargeback={deed.chargeback} onClose={close} />}
      {isRecording && <RecordChargebackDialog onClose={() => setRecording(false)} />}
    </MoneyPage>
  );
};
