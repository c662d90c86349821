import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';
import { bodyOf, Refusal, type Api, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { Page } from '../../frame/Page';
import { withAnyNews } from '../../live/live';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { AlertMarks } from '../AlertMarks';
import { readSkuAddress, type SkuAddress } from '../address';
import { BookingButtons } from '../booking/BookingButtons';
import { Forecast } from '../forecast/Forecast';
import '../stock.css';
import { AtLocations } from './AtLocations';
import { Claims } from './Claims';
import { Movements } from './Movements';
import { SkuScope, type ChangeSkuAddress } from './SkuScope';
import { Why } from './Why';

interface Known {
  readonly availability: Schemas['Availability']['items'][number] | undefined;
  readonly title: string | null;
}

/** What is sold without having been described is no fault. */
const undescribed = (fault: unknown): null => {
  if (fault instanceof Refusal && fault.code === 'ITEM_UNKNOWN') return null;
  throw fault;
};

const knownOf = async (api: Api, sku: string): Promise<Known> => {
  const [availability, item] = await Promise.all([
    bodyOf(api.GET('/inventory/availability', { params: { query: { sku: [sku] } } })),
    bodyOf<Schemas['Item'] | null>(api.GET('/inventory/items/{sku}', { params: { path: { sku } } })).catch(undescribed),
  ]);
  return { availability: availability.items[0], title: item?.title ?? null };
};

/** Beside the figures: who may not see them sees the rest. */
const StandingAlerts = ({ sku }: { readonly sku: string }): ReactNode => {
  const { api } = useServices();
  const alerts = useQuery({
    queryKey: ['stock', 'alerts', sku],
    queryFn: async () => (await bodyOf(api.GET('/inventory/alerts', { params: { query: { sku, standing: true } } }))).items,
    meta: withAnyNews,
  });
  return <AlertMarks alerts={[...new Set(alerts.data?.map(({ kind }) => kind))].sort()} />;
};

interface WholeSkuProps {
  readonly sku: string;
  readonly known: Known;
  readonly address: SkuAddress;
  readonly change: ChangeSkuAddress;
}

const WholeSku = ({ sku, known: { availability, title }, address, change }: WholeSkuProps): ReactNode => {
  const locations = availability?.locations ?? [];
  const where = address.location ?? locations[0]?.location;
  return (
    <div className="stock-parts">
      <div className="stock-head">
        <p className="marks">
          {title !== null && <bdi>{title}</bdi>}
          <StandingAlerts sku={sku} />
        </p>
        <BookingButtons sku={sku} location={where} />
      </div>
      {availability && <AtLocations of={availability} />}
      <SkuScope address={address} locations={locations.map(({ location }) => location)} change={change} />
      <Why sku={sku} address={address} />
      {where !== undefined && <Forecast sku={sku} location={where} at={locations.find(({ location }) => location === where)} />}
      <Claims sku={sku} address={address} />
      <Movements sku={sku} address={address} />
    </div>
  );
};

/** One SKU: where it is, why there is as much of it, who has a claim on it, and what is expected. */
export const SkuPage = (): ReactNode => {
  const { say } = useSpeech();
  const { sku } = useParams({ from: '/stock/$sku' });
  const address: SkuAddress = useSearch({ from: '/stock/$sku' });
  const navigate = useNavigate({ from: '/stock/$sku' });
  const change = useCallback<ChangeSkuAddress>(
    (part) => void navigate({ search: (before) => readSkuAddress({ ...before, ...part }), replace: true }),
    [navigate],
  );
  const { api } = useServices();
  const known = useQuery({ queryKey: ['stock', 'sku', sku], queryFn: () => knownOf(api, sku), meta: withAnyNews });
  return (
    <>
      <p className="way-back">
        <Link to="/stock">{say('stock.title')}</Link>
      </p>
      <Page title={sku}>
        <Shown of={known} rows={10}>
          {(found) => <WholeSku sku={sku} known={found} address={address} change={change} />}
        </Shown>
      </Page>
    </>
  );
};
