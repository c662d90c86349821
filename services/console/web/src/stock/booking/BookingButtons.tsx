import { useState, type ComponentType, type ReactNode } from 'react';
import { useSpeech } from '../../words/words';
import { AdjustForm } from './AdjustForm';
import { CountForm } from './CountForm';
import { ReceiveForm } from './ReceiveForm';
import { TransferForm } from './TransferForm';
import type { BookingProps } from './WhatAndWhere';

const forms = {
  receive: ReceiveForm,
  transfer: TransferForm,
  count: CountForm,
  adjust: AdjustForm,
} as const satisfies Readonly<Record<string, ComponentType<BookingProps>>>;

type Booking = keyof typeof forms;
const bookings = Object.keys(forms) as Booking[];

interface BookingButtonsProps {
  readonly sku?: string;
  readonly location: string | undefined;
}

/** What can be booked. */
export const BookingButtons = ({ sku, location }: BookingButtonsProps): ReactNode => {
  const { say } = useSpeech();
  const [opened, open] = useState<Booking>();
  const Form = opened === undefined ? undefined : forms[opened];
  return (
    <>
      <p className="stock-bookings">
        {bookings.map((booking) => (
          <button key={booking} type="button" className="button" onClick={() => open(booking)}>
            {say(`stock.${booking}`)}
          </button>
        ))}
      </p>
      {Form && <Form of={{ sku, location }} onClose={() => open(undefined)} />}
    </>
  );
};
