import { Link, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../frame/Page';
import { choicesOf, useLocations } from '../locations/useLocations';
import { Empty } from '../states/states';
import { Choice } from '../tables/Choice';
import { useSpeech } from '../words/words';
import { warehouseViews, type WarehouseAddress } from './address';
import { Handover } from './handover/Handover';
import { PackQueue } from './pack/PackQueue';
import { Waves } from './wave/Waves';
import { useWorkplace } from './workplace';
import './warehouse.css';

const Views = ({ seen }: { readonly seen: string }): ReactNode => {
  const { say } = useSpeech();
  return (
    <nav className="tabs work-tabs" aria-label={say('warehouse.views')}>
      {warehouseViews.map((view) => (
        <Link
          key={view}
          to="/warehouse"
          search={{ view }}
          activeOptions={{ exact: true }}
          activeProps={{}}
          aria-current={view === seen ? 'page' : undefined}
        >
          {say(`warehouse.view.${view}`)}
        </Link>
      ))}
    </nav>
  );
};

/** What one location has to do: pick, pack and hand over. Where it is, is said once on each device. */
export const WarehousePage = (): ReactNode => {
  const { say } = useSpeech();
  const { view = 'pick' }: WarehouseAddress = useSearch({ from: '/warehouse' });
  const [location, choose] = useWorkplace();
  const { data: places } = useLocations();
  const choice = <Choice label={say('warehouse.workplace')} value={location} options={choicesOf(places)} onChoose={choose} />;
  return (
    <Page title={say('warehouse.title')} aside={choice}>
      {location === undefined ? (
        <div className="card">
          <Empty title={say('warehouse.where')}>{say('warehouse.where.hint')}</Empty>
        </div>
      ) : (
        <>
          <Views seen={view} />
          {view === 'pick' && <Waves location={location} />}
          {view === 'pack' && <PackQueue location={location} />}
          {view === 'handover' && <Handover location={location} />}
        </>
      )}
    </Page>
  );
};
