import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { NumberField } from '../../forms/fields';
import { unguessable } from '../../session/pkce';
import { Fault, Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { CalledAmong } from '../Called';
import { isSuggested, oneParcelOf, type Measured, type Shipment, type Suggestion } from './packing';

type Lines = NonNullable<Shipment['lines']>;

interface SuggestedProps {
  readonly of: Suggestion;
  /** What the shipment calls its goods. */
  readonly goods: Lines;
}

const Contents = ({ lines, goods }: Pick<SuggestedProps, 'goods'> & Pick<Suggestion['parcels'][number], 'lines'>): ReactNode => (
  <ul>
    {lines.map(({ lineId, sku, quantity }, n) => (
      <li key={`${lineId} ${n}`}>
        {quantity} × <CalledAmong {...{ sku, goods }} />
      </li>
    ))}
  </ul>
);

const Suggested = ({ of: { parcels, unboxed }, goods }: SuggestedProps): ReactNode => {
  const { say, name } = useSpeech();
  return (
    <ul className="parcel-list">
      {parcels.map(({ parcelId, box, weightGrams, volumeUsed, lines }) => (
        <li key={parcelId} className="bin-entry">
          <strong>{box ?? say('warehouse.parcel.own')}</strong>
          <Contents {...{ lines, goods }} />
          <span className="number quiet">{say('warehouse.parcel', { grams: weightGrams, used: volumeUsed })}</span>
        </li>
      ))}
      {unboxed.map(({ lineId, sku, quantity, reason }) => (
        <li key={lineId} className="bin-entry bin-short">
          <strong>{say('warehouse.unboxed')}</strong>
          <span>
            {quantity} × <CalledAmong {...{ sku, goods }} />
          </span>
          <span>{name('warehouse.unboxed', reason.code)}</span>
        </li>
      ))}
    </ul>
  );
};

const MeasuredFields = ({ of, measure }: { readonly of: Measured; readonly measure: (of: Measured) => void }): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="form">
      <div className="fields">
        {(['weightGrams', 'lengthMm', 'widthMm', 'heightMm'] as const).map((each) => (
          <NumberField
            key={each}
            label={say(`warehouse.measure.${each}`)}
            value={of[each]}
            onChange={(value) => measure({ ...of, [each]: value })}
            least={1}
          />
        ))}
      </div>
    </div>
  );
};

const usePacking = (shipmentId: string) => {
  const { api } = useServices();
  const client = useQueryClient();
  // One key while the same is asked for: what is sent again because its answer was lost is packed once.
  const key = useRef({ of: '', key: '' });
  return useMutation({
    mutationFn: (body: Schemas['PackShipmentDto']) => {
      const of = JSON.stringify(body);
      if (key.current.of !== of) key.current = { of, key: unguessable() };
      const params = { path: { shipmentId }, header: { 'Idempotency-Key': key.current.key } };
      return bodyOf(api.POST('/shipping/shipments/{shipmentId}/pack', { params, body }));
    },
    onError: () => {
      key.current = { of: '', key: '' };
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['warehouse'] }),
  });
};

interface ParcelsProps {
  readonly shipmentId: string;
  readonly lines: Lines;
  /** Whether every unit is there. */
  readonly isReady: boolean;
}

/** Into which boxes it goes: as suggested, or as somebody has packed it. */
export const Parcels = ({ shipmentId, lines, isReady }: ParcelsProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [measured, measure] = useState<Measured>();
  const packing = usePacking(shipmentId);
  const suggestion = useQuery({
    queryKey: ['warehouse', 'packing', shipmentId],
    queryFn: () => bodyOf(api.GET('/shipping/shipments/{shipmentId}/packing', { params: { path: { shipmentId } } })),
  });
  const goesAsSuggested = measured === undefined && suggestion.data !== undefined && isSuggested(suggestion.data);
  const body = goesAsSuggested ? {} : oneParcelOf(lines, measured ?? {});
  return (
    <section className="card work-card" aria-label={say('warehouse.parcels')}>
      <h2>{say('warehouse.parcels')}</h2>
      <Shown of={suggestion} rows={2}>
        {(found) => (
          <>
            <Suggested of={found} goods={lines} />
            {goesAsSuggested ? (
              <button type="button" className="button" onClick={() => measure({})}>
                {say('warehouse.parcel.otherwise')}
              </button>
            ) : (
              <MeasuredFields of={measured ?? {}} measure={measure} />
            )}
          </>
        )}
      </Shown>
      {packing.error && <Fault fault={packing.error} />}
      <button
        type="button"
        className="button main"
        disabled={!isReady || body === undefined || packing.isPending}
        onClick={() => body && packing.mutate(body)}
      >
        {say('warehouse.pack')}
      </button>
    </section>
  );
};
