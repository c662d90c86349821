import { Topics, type OrderEvent } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Listener } from '@cartage/messaging';
import { Answers, IsCountry, IsId, IsPlainText, Needs } from '@cartage/service-kit';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { ContactIndex } from '../app/contact-index';
import type { Customer, FindCustomer } from '../app/customers';
import { longest } from '../domain/placement';
import { customer } from './customers.answers';

export const FIND_CUSTOMER = Symbol('find customer');

/** All that are given are of the same customer. */
export class CustomerSearchDto {
  @ApiPropertyOptional({ example: 'ada@example.org' })
  @IsOptional()
  @IsPlainText(longest.email)
  email?: string;

  @ApiPropertyOptional({ example: '+44 20 7946 0000' })
  @IsOptional()
  @IsPlainText(longest.phone)
  phone?: string;

  @ApiPropertyOptional({ description: 'In which a phone number without a prefix was written.' })
  @IsOptional()
  @IsCountry()
  country?: string;

  @ApiPropertyOptional({ description: 'As a channel names them.' })
  @IsOptional()
  @IsId(longest.customerId)
  customerId?: string;
}

/** Refuses to look for nobody in particular. */
export const requireSomebody = ({ email, phone, customerId }: CustomerSearchDto): void => {
  if (email !== undefined || phone !== undefined || customerId !== undefined) return;
  throw new Refused('SEARCH_EMPTY', 'Say an e-mail address, a phone number or a customer id.', 'invalid', [
    { field: 'email', code: 'SEARCH_EMPTY', message: 'Say this, phone or customerId.' },
  ]);
};

@ApiTags('customers')
@Controller('customers')
export class CustomersController {
  constructor(@Inject(FIND_CUSTOMER) private readonly findCustomer: FindCustomer) {}

  @Post('search')
  @Needs('orders:personal')
  @HttpCode(200)
  @ApiOperation({
    summary: 'A customer over all channels: orders, value, returns, risk. Changes nothing.',
    description: 'Asked in a body, because addresses of requests are logged on their way. Contacts are compared by keyed hashes only.',
  })
  @Answers(200, customer, { refuses: { invalid: ['SEARCH_EMPTY', 'COUNTRY_REQUIRED'] } })
  search(@Body() asked: CustomerSearchDto): Promise<Customer> {
    requireSomebody(asked);
    return this.findCustomer(asked);
  }
}

/** Orders can be found by their contacts a moment after they are placed: nobody who places one waits for it. */
export const contactListener = (contacts: ContactIndex): Listener<OrderEvent> => ({
  group: 'order.contacts',
  topic: Topics.order,
  on: {
    OrderPlaced: ({ orderId, personal }) => contacts.add(orderId, personal),
    OrderImported: ({ orderId, personal }) => contacts.add(orderId, personal),
  },
  replays: true,
});
