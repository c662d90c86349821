import { stateContracts, stateDataSchemaOf, type AnyStateContract, type StateTopic } from '@cartage/contracts';
import { idFor } from '@cartage/service-kit';
import type { Standing } from '../../domain/standing';

/** Which process tells the states. */
export const STATE_PUBLISHER = 'publisher.states';

const contractOf = new Map<StateTopic, AnyStateContract>(stateContracts.map((contract) => [contract.topic, contract]));

export interface StateRecord {
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly value: Buffer | null;
}

/** As it is told: without a value, once whom it was about is forgotten. */
export const stateRecordOf = ({ topic, key, position, state, factId, time }: Standing): StateRecord => {
  const contract = contractOf.get(topic);
  if (!contract) throw new Error(`No contract says what ${topic} tells.`);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...{
      ce_specversion: '1.0',
      ce_id: idFor('state', topic, key, String(position)),
      ce_type: contract.type,
      ce_source: '/cartage/subscriptions',
    },
    ...{ ce_subject: key, ce_partitionkey: key, ce_time: time, ce_dataschema: stateDataSchemaOf(contract) },
    ...{ ce_sequence: String(position), ce_causationid: factId },
  };
  return { key, headers, value: state === null ? null : Buffer.from(JSON.stringify(state)) };
};
