import { answered, Answers, commandHeaders, CommandMeta, IfMatch, Needs } from '@cartage/service-kit';
import type { Meta } from '@cartage/eventsourcing';
import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Interventions } from '../app/interventions';
import { accountOf, type PaymentAccount } from '../app/payment-account';
import type { Payments } from '../app/payments';
import type { HandledPayment } from '../app/settling';
import { account } from './account.answers';
import { INTERVENTIONS } from './interventions.controller';
import { MoneyOutcomeDto } from './interventions.dto';
import { PAYMENTS } from './payments.controller';

const outcomeRefused = (code: string) => ({
  unknown: ['PAYMENT_UNKNOWN', 'PAYMENT_PENDING', code],
  conflict: ['PAYMENT_NOT_PROMISED', 'OUTCOME_AWAITED', 'OUTCOME_KNOWN'],
  invalid: ['REFERENCE_MISSING'],
});

/** What a person found in the books of a provider that never said what became of a call. */
@ApiTags('payments')
@Controller('payments/:orderId')
export class OutcomesController {
  constructor(
    @Inject(PAYMENTS) private readonly payments: Payments,
    @Inject(INTERVENTIONS) private readonly interventions: Interventions,
  ) {}

  @Post('captures/:captureId/outcome')
  @ApiOperation({ summary: 'Say what became of a capture that its provider never answered' })
  @Answers(200, account, { headers: commandHeaders, refuses: outcomeRefused('CAPTURE_UNKNOWN') })
  async captureOutcome(
    @Param('orderId') orderId: string,
    @Param('captureId') subject: string,
    @Body() said: MoneyOutcomeDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    const outcome = { orderId, operation: 'capture', subject, ...said } as const;
    return this.answer(orderId, await this.interventions.recordOutcome(outcome, meta, ifVersion), reply);
  }

  @Post('voids/:voidId/outcome')
  @ApiOperation({ summary: 'Say whether a promise was given back of which its provider never said so' })
  @Answers(200, account, { headers: commandHeaders, refuses: outcomeRefused('VOID_UNKNOWN') })
  async voidOutcome(
    @Param('orderId') orderId: string,
    @Param('voidId') subject: string,
    @Body() said: MoneyOutcomeDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    const outcome = { orderId, operation: 'void', subject, ...said } as const;
    return this.answer(orderId, await this.interventions.recordOutcome(outcome, meta, ifVersion), reply);
  }

  @Post('refunds/:refundId/outcome')
  @Needs('money:refund')
  @ApiOperation({ summary: 'Say what became of a refund that its provider never answered' })
  @Answers(200, account, { headers: commandHeaders, refuses: outcomeRefused('REFUND_UNKNOWN') })
  async refundOutcome(
    @Param('orderId') orderId: string,
    @Param('refundId') subject: string,
    @Body() said: MoneyOutcomeDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    const outcome = { orderId, operation: 'refund', subject, ...said } as const;
    return this.answer(orderId, await this.interventions.recordOutcome(outcome, meta, ifVersion), reply);
  }

  /** A repeat answers as the first time: with the account as it stood then. */
  private async answer(orderId: string, handled: HandledPayment, reply: FastifyReply): Promise<PaymentAccount> {
    answered(reply, handled);
    return accountOf(await this.payments.read(orderId, { version: handled.version }));
  }
}
