import type { Phrases } from './layout';

export const en: Phrases = {
  greeting: 'Hello {name},',
  total: 'Total',
  delivery: 'Delivery',
  discount: 'Discount',
  colon: ':',
  parcel: '{carrier}, tracking number {trackingNumber}',
  closing: 'Your order {number} at {brand}. Keep this number at hand when you write to us.',
  orderPage: 'See your order, and what you can change',
  sendBack: 'Send something back',
  customsPaper: 'Paper for customs: print it and put it on the outside of the parcel',
  messages: {
    'order-confirmation': {
      subject: 'Your order {number}',
      body: [
        'Thank you for your order. We have received it.',
        ['sent', 'We tell you as soon as it is on its way.'],
        ['promised', 'It should be with you by {promised, date, long}.'],
      ],
    },
    'order-edited': {
      subject: 'Your order {number} was changed',
      body: ['This is your order now.', ['before', 'Before the change it came to {before}; now it comes to {total}.']],
    },
    'order-cancelled': {
      subject: 'Cancelled from your order {number}',
      body: [
        '{units, plural, one {One item} other {# items}} of your order will not ship.',
        'The value of {value} is not charged; what you have paid for it already goes back to you, and we tell you when it does.',
      ],
    },
    'cancellation-refused': {
      subject: 'Your order {number} is already on its way',
      body: ['You asked us to cancel, but the parcel had left by then. When it arrives you can send it back.'],
    },
    'stock-short': {
      subject: 'Part of your order {number} is not in stock',
      body: [
        'We do not have {units, plural, one {one item} other {# items}} of your order in stock right now. We are sorry.',
        'You can wait, have us ship what is there, take something else, or cancel: answer this message, and tell us which.',
        ['until', 'Without an answer we decide for you on {until, date, long}.'],
      ],
    },
    backorder: {
      subject: 'When the rest of your order {number} comes',
      body: [
        'We expect {units, plural, one {one item} other {# items}} of your order by {date, date, long} and ship as soon as it is here.',
      ],
    },
    'promise-moved': {
      subject: 'A new date for your order {number}',
      body: [
        'Your order comes on another day than we said: we now expect it by {date, date, long}. We apologise if this is later than you planned.',
      ],
    },
    delayed: {
      subject: 'Your order {number} is late',
      body: ['Your order is not with you on the day that we promised. We are sorry, and tell you as soon as we have a new date.'],
    },
    'payment-declined': {
      subject: 'The payment for your order {number} was declined',
      body: [
        'Your payment did not go through. Please give us another way to pay, so that we can ship your order.',
        ['until', 'We keep your order until {until, date, long}; after that it is cancelled.'],
      ],
    },
    'payment-action': {
      subject: 'Please complete the payment for your order {number}',
      body: [
        'There is one more step before we can ship: please approve the payment of {amount} by {until, date, long}.',
        ['reference', 'If you transfer the money, name {reference}.'],
      ],
      action: 'Complete the payment',
    },
    'payment-reminder': {
      subject: 'A reminder: the payment for your order {number} is still open',
      body: [
        'We are still waiting for your payment of {amount}. Please approve it by {until, date, long} at {until, time, short}; after that the payment is cancelled.',
        ['reference', 'If you transfer the money, name {reference}.'],
      ],
      action: 'Complete the payment',
    },
    'pay-link': {
      subject: 'Pay for your order {number}',
      body: [
        'There is {amount} to pay for your order. You can do so by this link until {until, date, long}; it shows what is due at that time.',
      ],
      action: 'Pay now',
    },
    'digital-delivery': {
      subject: 'Here it is: your order {number}',
      body: ['What you bought is ready.', ['reference', 'Your link or key: {reference}']],
      action: 'Open',
    },
    'ready-for-pickup': {
      subject: 'Ready to be fetched: your order {number}',
      body: [
        '{units, plural, one {One item} other {# items}} of your order {units, plural, one {waits} other {wait}} for you at {place}.',
        'Say this code at the counter: {reference}. Whoever fetches it for you needs it, too.',
        'We keep it until {until, date, long}, {until, time, short}.',
      ],
    },
    'pickup-reminder': {
      subject: 'Still waiting for you: your order {number}',
      body: [
        '{units, plural, one {One item} other {# items}} of your order still {units, plural, one {waits} other {wait}} for you at {place}.',
        'Say this code at the counter: {reference}.',
        'We keep it until {until, date, long}, {until, time, short}; after that it is cancelled. Answer this message if you need longer.',
      ],
    },
    'pickup-expired': {
      subject: 'Not fetched: your order {number}',
      body: [
        'Nobody fetched {units, plural, one {one item} other {# items}} of your order in time, so we have cancelled {units, plural, one {it} other {them}}.',
        'The value of {value} is not charged; what you have paid for it already goes back to you, and we tell you when it does.',
      ],
    },
    collected: {
      subject: 'Fetched: your order {number}',
      body: [
        '{units, plural, one {One item was} other {# items were}} fetched on {date, date, long}. If that was neither you nor somebody you sent, answer this message.',
      ],
    },
    dispatched: {
      subject: 'Your order {number} is on its way',
      body: ['We have handed {parcelCount, plural, one {a parcel} other {# parcels}} to the carrier.'],
      action: 'Follow your parcel',
    },
    'out-for-delivery': {
      subject: 'Your parcel arrives today',
      body: ['The carrier is on the way to you with {parcelCount, plural, one {a parcel} other {# parcels}}.'],
      action: 'Follow your parcel',
    },
    delivered: {
      subject: 'Your order {number} has arrived',
      body: ['{units, plural, one {One item was} other {# items were}} delivered on {date, date, long}. Enjoy!'],
    },
    'delivery-failed': {
      subject: 'The carrier could not deliver your parcel',
      body: [
        'The carrier tried to deliver on {date, date, long} and could not. It is tried again; you can arrange another day with the carrier.',
      ],
      action: 'See what you can do',
    },
    'delivery-problem': {
      subject: 'There is a problem with your parcel',
      body: [
        '{reason, select, returning {Your parcel could not be delivered and comes back to us.} other {The carrier reports a problem with your parcel.}} We look into it and write to you.',
      ],
      action: 'Follow your parcel',
    },
    'refund-issued': {
      subject: 'Your refund for order {number}',
      body: ['We have sent {amount} back to you. It can take your bank a few days to show it.'],
    },
    'return-authorized': {
      subject: 'You can send it back: order {number}',
      body: [
        'You can send {units, plural, one {the item} other {# items}} back to us. Put the number {reference} into the parcel.',
        ['until', 'Please hand it to a carrier by {until, date, long}.'],
      ],
    },
    'return-label': {
      subject: 'Your label: order {number}',
      body: [
        'Here is your label for sending your goods back, or the code that its counter prints one from. Put it on the parcel and hand it over.',
        ['reference', 'Its number: {reference}'],
      ],
      action: 'Open the label',
    },
    'return-declined': {
      subject: 'About your return of order {number}',
      body: ['We cannot take this back under the terms of the sale. Answer this message if you think that we are wrong.'],
    },
    'return-expiring': {
      subject: 'Send it back by {until, date, long}: order {number}',
      body: [
        'We still wait for {units, plural, one {the item} other {# items}} that you wanted to send back. Please hand it to a carrier by {until, date, long}, with the number {reference} in the parcel. If you keep it there is nothing to do.',
      ],
    },
    'return-expired': {
      subject: 'Your return of order {number} is over',
      body: ['Nothing has reached us in time, so we have closed your return. If you sent it, answer this message and tell us how.'],
    },
    'return-received': {
      subject: 'Your return of order {number} has arrived',
      body: ['{units, plural, one {One item} other {# items}} came back to us. We look at it and tell you what follows.'],
    },
    'return-closed': {
      subject: 'Your return of order {number} is settled',
      body: ['Your return is settled: {amount} went back to you in all.'],
    },
    'review-request': {
      subject: 'How do you like it?',
      body: ['Your order {number} has been with you for some days. We would like to hear what you think of it: answer this message.'],
    },
  },
};
