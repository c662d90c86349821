package io.cartage.client;

import java.util.List;

/** Cartage said no: `code` is what programs look at, `errors` names each field that is wrong. */
public final class Refused extends RuntimeException {
  private final int status;
  private final String code;
  private final String correlationId;
  private final List<FieldFault> errors;

  Refused(Problem problem) {
    super(problem.detail() + " (" + problem.code() + ")");
    this.status = problem.status();
    this.code = problem.code();
    this.correlationId = problem.correlationId();
    this.errors = problem.errors() == null ? List.of() : List.copyOf(problem.errors());
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** Names the request in Cartage's logs. */
  public String correlationId() {
    return correlationId;
  }

  public List<FieldFault> errors() {
    return errors;
  }

  /** Problem details (RFC 9457). */
  record Problem(String type, String title, int status, String code, String detail, String correlationId, List<FieldFault> errors) {}
}
