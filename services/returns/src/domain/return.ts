import { deciding, type Decider } from '@cartage/eventsourcing';
import { endAtChannel, openAtChannel, refundAtChannel } from './channel-returns';
import { decideClaim, noticeClaimOverdue, openClaim, repayUnsent } from './claiming';
import { closeReturn, recordRefund, recordRefundFailure } from './closing';
import type { ReturnCommand } from './commands';
import { decideReturn } from './decision';
import type { ReturnEvent } from './events';
import { evolve } from './evolve';
import { cancelReturn, expireReturn, remindOfReturn } from './expiry';
import { noticeExchangeOverdue } from './exchanging';
import { refundByProvider } from './provider-refund';
import { gradeItem } from './grading';
import { receiveReturn } from './receiving';
import { requestReturn } from './request';
import { nothing, type OrderReturns } from './state';
import { issueLabel, recordLabelFailure, recordScan } from './way-back';

export const returnStream = (orderId: string): string => `return-${orderId}`;

/** The returns of one order, from the first request to the last refund. */
export const returns: Decider<ReturnCommand, OrderReturns, ReturnEvent> = {
  initial: nothing,
  evolve,
  decide: deciding<ReturnCommand, OrderReturns, ReturnEvent>({
    RequestReturn: requestReturn,
    DecideReturn: decideReturn,
    ReceiveReturn: receiveReturn,
    GradeItem: gradeItem,
    IssueLabel: issueLabel,
    RecordLabelFailure: recordLabelFailure,
    RecordScan: recordScan,
    RemindOfReturn: remindOfReturn,
    ExpireReturn: expireReturn,
    CancelReturn: cancelReturn,
    NoticeExchangeOverdue: noticeExchangeOverdue,
    RecordRefund: recordRefund,
    RecordRefundFailure: recordRefundFailure,
    CloseReturn: closeReturn,
    OpenAtChannel: openAtChannel,
    EndAtChannel: endAtChannel,
    RefundAtChannel: refundAtChannel,
    RefundByProvider: refundByProvider,
    OpenClaim: openClaim,
    DecideClaim: decideClaim,
    NoticeClaimOverdue: noticeClaimOverdue,
    RepayUnsent: repayUnsent,
  }),
};
