import { follow, Topics } from '@cartage/client';

const at = { url: process.env['CARTAGE_URL'] ?? 'http://127.0.0.1:3000', token: process.env['CARTAGE_TOKEN'] };

// From the beginning of everything; a connection that is lost is made again where it was. Leave `untilNow` away to go on for ever.
for await (const event of follow(at, { types: ['OrderPlaced', 'OrderCancelled'], after: '0', untilNow: true })) {
  // The type says what the data is.
  if (event.type === 'OrderPlaced') console.log(event.time, event.data.orderId, `${event.data.lines.length} lines`);
  else if (event.topic === Topics.order) console.log(event.time, event.subject, event.type);
}
