import { Answers } from '@cartage/service-kit';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Verification, Verified } from '../app/verification';
import { verified } from './stock.answers';

export const VERIFICATION = Symbol('Verification');

@ApiTags('stock')
@Controller('inventory')
export class VerificationController {
  constructor(@Inject(VERIFICATION) private readonly verification: Verification) {}

  @Get('verify')
  @ApiOperation({ summary: 'Recounts all stock: every row must be the sum of its movements, its locations and the claims on it.' })
  @Answers(200, verified)
  verify(): Promise<Verified> {
    return this.verification.verify();
  }
}
