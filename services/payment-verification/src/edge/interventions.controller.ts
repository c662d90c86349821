import type { Meta } from '@cartage/eventsourcing';
import { answered, Answers, commandHeaders, CommandMeta, idFor, IfMatch, Needs, RequestMeta } from '@cartage/service-kit';
import { Body, Controller, Inject, Param, Post, Put, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { accountOf, type PaymentAccount } from '../app/payment-account';
import type { Interventions } from '../app/interventions';
import type { Payments } from '../app/payments';
import type { HandledPayment } from '../app/settling';
import { account } from './account.answers';
import { AssigneeDto, CaptureDto, PayoutDto, RefundDto, RemittanceDto, ReviewDto } from './interventions.dto';
import { PAYMENTS } from './payments.controller';

export const INTERVENTIONS = Symbol('interventions');

const unknown = ['PAYMENT_UNKNOWN', 'PAYMENT_PENDING'] as const;
const underReview = { unknown: ['PAYMENT_UNKNOWN'], conflict: ['NOT_UNDER_REVIEW'] };
const notPromised = ['PAYMENT_NOT_PROMISED'] as const;

/** What a person does about the money of one order. Each answers with the decision; what the provider says to it comes after. */
@ApiTags('payments')
@Controller('payments/:orderId')
export class InterventionsController {
  constructor(
    @Inject(PAYMENTS) private readonly payments: Payments,
    @Inject(INTERVENTIONS) private readonly interventions: Interventions,
  ) {}

  @Put('review/assignee')
  @ApiOperation({ summary: 'Say who looks into a payment that waits for a person' })
  @Answers(200, account, { headers: commandHeaders, refuses: underReview })
  async assign(
    @Param('orderId') orderId: string,
    @Body() { assignee }: AssigneeDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    return this.answer(orderId, await this.interventions.assignReview({ orderId, assignee }, meta, ifVersion), reply);
  }

  @Post('review')
  @ApiOperation({ summary: 'Decide a payment that waits for a person' })
  @Answers(200, account, { headers: commandHeaders, refuses: underReview })
  async review(
    @Param('orderId') orderId: string,
    @Body() { decision, note }: ReviewDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    return this.answer(orderId, await this.interventions.review({ orderId, decision, note }, meta, ifVersion), reply);
  }

  @Post('remittances')
  @ApiOperation({ summary: 'Record that a carrier handed over cash that it had collected' })
  @Answers(201, account, {
    headers: commandHeaders,
    refuses: {
      unknown: [...unknown, 'SHIPMENT_UNKNOWN'],
      conflict: [...notPromised, 'REMITTANCE_DIFFERS'],
      invalid: ['REMITTANCE_EXCEEDS_COLLECTED'],
    },
  })
  async remit(
    @Param('orderId') orderId: string,
    @Body() { shipmentId, amount, reference }: RemittanceDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    return this.answer(orderId, await this.interventions.remit({ orderId, shipmentId, amount, reference }, meta, ifVersion), reply);
  }

  @Post('captures')
  @ApiOperation({ summary: 'Take money that is due and was not taken yet, all of it or a part' })
  @Answers(201, account, {
    headers: commandHeaders,
    refuses: { unknown, conflict: [...notPromised, 'NOTHING_DUE'], invalid: ['CAPTURE_EXCEEDS_DUE', 'CAPTURE_EXCEEDS_PROMISED'] },
  })
  async capture(
    @Param('orderId') orderId: string,
    @Body() { amount }: CaptureDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    const capture = { orderId, captureId: idFor('capture', meta.commandId), ...(amount === undefined ? {} : { amount }) };
    return this.answer(orderId, await this.interventions.capture(capture, meta, ifVersion), reply);
  }

  @Post('captures/:captureId/retry')
  @ApiOperation({
    summary:
      'Try a capture again that failed: at once, under another key, for what is still due of it. One whose outcome is not known is asked for under its own key, which takes money once',
  })
  @Answers(200, account, {
    headers: commandHeaders,
    refuses: { unknown: [...unknown, 'CAPTURE_UNKNOWN'], conflict: [...notPromised, 'CAPTURE_DONE', 'NOTHING_DUE', 'NO_WAY_TO_PAY'] },
  })
  async retryCapture(
    @Param('orderId') orderId: string,
    @Param('captureId') captureId: string,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    return this.answer(orderId, await this.interventions.retryCapture({ orderId, captureId }, meta, ifVersion), reply);
  }

  @Post('voids/:voidId/retry')
  @ApiOperation({ summary: 'Try again to give a promise back that the provider would not take' })
  @Answers(200, account, {
    headers: commandHeaders,
    refuses: { unknown: [...unknown, 'VOID_UNKNOWN'], conflict: [...notPromised, 'VOID_DONE'] },
  })
  async retryVoid(
    @Param('orderId') orderId: string,
    @Param('voidId') voidId: string,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    return this.answer(orderId, await this.interventions.retryVoid({ orderId, voidId }, meta, ifVersion), reply);
  }

  @Post('refunds')
  @Needs('money:refund')
  @ApiOperation({ summary: 'Give money back out of goodwill: never more than came in and is not on its way back' })
  @Answers(201, account, {
    headers: commandHeaders,
    refuses: { unknown, conflict: notPromised, invalid: ['REFUND_EXCEEDS_CAPTURED', 'CUSTOMER_UNKNOWN'] },
  })
  async refund(
    @Param('orderId') orderId: string,
    @Body() { amount, tender = 'original' }: RefundDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    const { payment } = await this.payments.read(orderId);
    const goodwill = { orderId, refundId: idFor('refund', meta.commandId), currency: payment.terms.currency, amount, tender };
    return this.answer(orderId, await this.interventions.refund(goodwill, meta, ifVersion), reply);
  }

  @Post('refunds/:refundId/retry')
  @Needs('money:refund')
  @ApiOperation({ summary: 'Try a refund again that failed: at once, under another key, or under its own where its outcome is not known' })
  @Answers(200, account, {
    headers: commandHeaders,
    refuses: {
      unknown: [...unknown, 'REFUND_UNKNOWN'],
      conflict: [...notPromised, 'REFUND_ISSUED', 'REFUND_IMPOSSIBLE'],
      invalid: ['REFUND_EXCEEDS_CAPTURED'],
    },
  })
  async retryRefund(
    @Param('orderId') orderId: string,
    @Param('refundId') refundId: string,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    return this.answer(orderId, await this.interventions.retryRefund({ orderId, refundId }, meta, ifVersion), reply);
  }

  @Post('refunds/:refundId/payout')
  @Needs('money:refund')
  @ApiOperation({
    summary:
      'Pay a refund out in another way: to store credit, or as was done already: by transfer, in cash, by the channel that has the money',
  })
  @Answers(200, account, {
    headers: commandHeaders,
    refuses: {
      unknown: [...unknown, 'REFUND_UNKNOWN'],
      conflict: [...notPromised, 'REFUND_ISSUED', 'REFUND_IN_PROGRESS', 'REFUND_OUTCOME_UNKNOWN', 'REFUND_IMPOSSIBLE'],
      invalid: ['REFUND_EXCEEDS_CAPTURED', 'CUSTOMER_UNKNOWN', 'REFERENCE_MISSING'],
    },
  })
  async payOut(
    @Param('orderId') orderId: string,
    @Param('refundId') refundId: string,
    @Body() { tender, reference }: PayoutDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    const payout = { orderId, refundId, tender, ...(reference === undefined ? {} : { reference }) };
    return this.answer(orderId, await this.interventions.payOut(payout, meta, ifVersion), reply);
  }

  /** A repeat answers as the first time: with the account as it stood then. */
  private async answer(orderId: string, handled: HandledPayment, reply: FastifyReply): Promise<PaymentAccount> {
    answered(reply, handled);
    return accountOf(await this.payments.read(orderId, { version: handled.version }));
  }
}
