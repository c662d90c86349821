import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf, Refusal } from '../../api/client';
import { useServices } from '../../api/services';
import { Time } from '../../marks/Mark';
import { Empty, Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { Part } from '../../frame/Part';
import { Units } from '../units';
import { curveOf, rounded, type Curve, type Forecasted } from './curve';
import { ForecastChart } from './ForecastChart';

/** What is not learned has no forecast, and that is no fault. */
const notLearned = (fault: unknown): null => {
  if (fault instanceof Refusal && fault.code === 'FORECAST_UNKNOWN') return null;
  throw fault;
};

const Days = ({ curve, perDay }: { readonly curve: Curve; readonly perDay: readonly number[] }): ReactNode => {
  const { say } = useSpeech();
  return (
    <details className="chart-numbers">
      <summary>{say('stock.forecast.numbers')}</summary>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={say('stock.forecast.numbers')}>
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">{say('stock.forecast.day')}</th>
              <th scope="col" className="amount">
                {say('stock.forecast.expected')}
              </th>
              <th scope="col" className="amount">
                {say('stock.forecast.until')}
              </th>
            </tr>
          </thead>
          <tbody>
            {perDay.map((units, at) => (
              <tr key={at}>
                <th scope="row">
                  <Units of={at + 1} />
                </th>
                <td className="amount">
                  <Units of={rounded(units)} />
                </td>
                <td className="amount">
                  <Units of={curve.points[at + 1]?.units ?? 0} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};

const Facts = ({ forecast, there }: { readonly forecast: Forecasted; readonly there: number }): ReactNode => {
  const { say, name } = useSpeech();
  const { proposal, terms, error, source, leadTime } = forecast;
  return (
    <dl className="chart-facts">
      <dt>{say('stock.unclaimed')}</dt>
      <dd>
        <Units of={there} />
      </dd>
      <dt>{say('stock.forecast.proposal')}</dt>
      <dd>
        {proposal
          ? say('stock.forecast.proposed', { point: proposal.reorderPoint, upTo: proposal.orderUpTo })
          : say('stock.forecast.never')}
      </dd>
      {proposal && (
        <>
          <dt>{say('stock.forecast.safety')}</dt>
          <dd>{say('stock.forecast.enough', { units: proposal.safetyStock, level: terms.serviceLevel })}</dd>
        </>
      )}
      <dt>{say('stock.decided')}</dt>
      <dd>{say(terms.decides ? 'stock.decided.learned' : 'stock.decided.said')}</dd>
      <dt>{say('stock.forecast.lead')}</dt>
      <dd>{say('stock.forecast.days', { days: rounded(leadTime.meanDays), receipts: leadTime.receipts })}</dd>
      <dt>{say('stock.forecast.error')}</dt>
      <dd>{say('stock.forecast.wrong', { learned: rounded(error.learned), baseline: rounded(error.baseline) })}</dd>
      <dt>{say('stock.forecast.method')}</dt>
      <dd>
        {name('stock.forecast.because', source.because)} · <bdi className="code">{source.candidate}</bdi> · <Time at={forecast.madeAt} />
      </dd>
    </dl>
  );
};

const Picture = ({ forecast, there }: { readonly forecast: Forecasted; readonly there: number }): ReactNode => {
  const { say } = useSpeech();
  const curve = curveOf(forecast, there);
  const { day, least, most } = curve.expected;
  const units = rounded(curve.expected.units);
  const { emptyOn } = curve;
  const when = emptyOn === undefined ? say('stock.forecast.lasts', { days: curve.days }) : say('stock.forecast.empty', { day: emptyOn });
  const interval = say('stock.forecast.interval', { days: day, units, least, most });
  return (
    <div className="card forecast">
      <p>
        <strong>{when}</strong> {interval}
      </p>
      <ForecastChart title={say('stock.forecast')} description={`${when} ${interval}`} curve={curve} there={there} />
      <ul className="chart-legend" aria-hidden="true">
        <li className="of-demand">{say('stock.forecast.until')}</li>
        <li className="of-interval">{say('stock.forecast.between')}</li>
        <li className="of-there">{say('stock.unclaimed')}</li>
      </ul>
      <Facts forecast={forecast} there={there} />
      <Days curve={curve} perDay={forecast.perDay} />
    </div>
  );
};

interface ForecastProps {
  readonly sku: string;
  readonly location: string;
  /** What is there; absent: nothing ever was. */
  readonly at: { readonly onHand: number; readonly allocated: number } | undefined;
}

/** What is expected to be asked for at a location, and when what is there will have been. */
export const Forecast = ({ sku, location, at }: ForecastProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const forecast = useQuery({
    queryKey: ['stock', 'forecast', sku, location],
    queryFn: () =>
      bodyOf<Forecasted | null>(api.GET('/inventory/items/{sku}/forecast/{location}', { params: { path: { sku, location } } })).catch(
        notLearned,
      ),
  });
  return (
    <Part title={say('stock.forecast.at', { location })}>
      <Shown of={forecast} rows={3}>
        {(found) =>
          found === null ? (
            <div className="card">
              <Empty title={say('stock.forecast.none')}>{say('stock.forecast.none.hint')}</Empty>
            </div>
          ) : (
            <Picture forecast={found} there={at ? at.onHand - at.allocated : 0} />
          )
        }
      </Shown>
    </Part>
  );
};
