package barocall.kit.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;

/**
 * Leaves out of every span what may quote a citizen before it goes to a collector: the messages of
 * failures, what a client wrote into the trace's state, and addresses, which may hold a receipt
 * number.
 */
final class DiscreetSpanExporter implements SpanExporter {
  private static final String ADDRESS = "http.url";

  private final SpanExporter exporter;

  DiscreetSpanExporter(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    return exporter.export(spans.stream().<SpanData>map(Discreet::new).toList());
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  private static final class Discreet extends DelegatingSpanData {
    private final Attributes attributes;

    Discreet(SpanData whole) {
      super(whole);
      attributes =
          whole.getAttributes().toBuilder().removeIf(key -> key.getKey().equals(ADDRESS)).build();
    }

    @Override
    public SpanContext getSpanContext() {
      return withoutState(super.getSpanContext());
    }

    @Override
    public SpanContext getParentSpanContext() {
      return withoutState(super.getParentSpanContext());
    }

    /** A client writes it. */
    private static SpanContext withoutState(SpanContext context) {
      return context.isRemote()
          ? SpanContext.createFromRemoteParent(
              context.getTraceId(),
              context.getSpanId(),
              context.getTraceFlags(),
              TraceState.getDefault())
          : SpanContext.create(
              context.getTraceId(),
              context.getSpanId(),
              context.getTraceFlags(),
              TraceState.getDefault());
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public StatusData getStatus() {
      return StatusData.create(super.getStatus().getStatusCode(), "");
    }

    @Override
    public List<EventData> getEvents() {
      return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
      return 0;
    }
  }
}
