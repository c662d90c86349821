import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf, Refusal, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import type { Desk } from './OrderPage';
import { Section } from '../frame/Section';

type Person = Schemas['PersonalOfOrder'];
type Unseen = 'order.customer.hidden' | 'order.customer.erased';

/** Whom the reader may not see, or who is not there any more. */
const unseen = (fault: unknown): Unseen => {
  if (fault instanceof Refusal && fault.code === 'PERSONAL_ERASED') return 'order.customer.erased';
  if (fault instanceof Refusal && fault.status === 403) return 'order.customer.hidden';
  throw fault;
};

const Address = ({ address }: { readonly address: NonNullable<Person['address']> }): ReactNode => {
  const { country } = useSpeech();
  const town = [address.postalCode, address.city, address.region].filter(Boolean).join(' ');
  return (
    <address>
      {[...address.lines, town, country(address.country)].map((line, at) => (
        <span key={at} className="address-line">
          <bdi>{line}</bdi>
        </span>
      ))}
    </address>
  );
};

type Group = NonNullable<Person['shipGroups']>[number];

/** Where a part of the order goes, and to whom, if it is another. */
const Recipient = ({ group, customer }: { readonly group: Group; readonly customer: string }): ReactNode => (
  <div>
    <h3>{useSpeech().say('order.customer.goes-to')}</h3>
    {group.name !== customer && (
      <p>
        <bdi>{group.name}</bdi>
      </p>
    )}
    {group.address && <Address address={group.address} />}
  </div>
);

const PersonFacts = ({ person, customerId }: { readonly person: Person; readonly customerId: string | undefined }): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="person">
      <p>
        <bdi>
          <strong>{person.name}</strong>
        </bdi>
      </p>
      <p className="quiet">
        <bdi>{customerId ?? say('order.customer.guest')}</bdi>
      </p>
      {[person.email, person.phone].map(
        (contact) =>
          contact !== undefined && (
            <p key={contact}>
              <bdi>{contact}</bdi>
            </p>
          ),
      )}
      {person.shipGroups?.map((group) => <Recipient key={group.shipGroupId} group={group} customer={person.name} />) ??
        (person.address && <Address address={person.address} />)}
    </div>
  );
};

/** Whose order it is, for those who may see it. */
export const Customer = ({ order: { orderId, customerId } }: Pick<Desk, 'order'>): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const person = useQuery({
    queryKey: ['order', orderId, 'person'],
    queryFn: () => bodyOf<Person | Unseen>(api.GET('/orders/{orderId}/personal', { params: { path: { orderId } } })).catch(unseen),
  });
  return (
    <Section title={say('order.customer')}>
      <Shown of={person} rows={3}>
        {(found) => (typeof found === 'string' ? <Empty title={say(found)} /> : <PersonFacts person={found} customerId={customerId} />)}
      </Shown>
    </Section>
  );
};
