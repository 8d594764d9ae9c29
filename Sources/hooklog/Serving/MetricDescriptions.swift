/// What the metrics mean, for their `# HELP` lines.
enum MetricDescriptions {
    /// The texts by label, which is the name with dots.
    static let all: [String: String] = [
        "db.client.connection.count": "Connections to PostgreSQL by pool and state.",
        "db.client.connection.pending_requests": "Callers that wait for a connection of the pool.",
        "hooklog.append.batch.size": "Deliveries in a batch, which one transaction appends.",
        "hooklog.append.duration": "Time from a batch's start to its commit.",
        "hooklog.append.events": "Deliveries that an append judged, by outcome.",
        "hooklog.append.failures": "Batches of which nothing was acknowledged.",
        "hooklog.append.queue.depth": "Deliveries that wait or are being appended.",
        "hooklog.append.refused": "Deliveries answered with 503 because the queue was full or closing.",
        "hooklog.fetch.age.seconds":
            "For how long the oldest object that a thin event tells of has waited to be fetched.",
        "hooklog.fetch.attempts": "Attempts to fetch an object, by outcome.",
        "hooklog.fetch.duration": "Time that an attempt to fetch an object took.",
        "hooklog.fetch.failing": "Objects among those that wait to be fetched that were tried more than once.",
        "hooklog.fetch.waiting": "Objects that thin events tell of and that wait to be fetched.",
        "hooklog.http.body.bytes": "Memory that requests take until they are answered; bounded by body_memory.",
        "hooklog.http.body.refusals": "Requests refused with 503 because they found no room in memory.",
        "hooklog.log.head": "Greatest position of all workspaces' logs.",
        "hooklog.log.damaged": "Logs that have lost events, of the first hundred; see `hooklog doctor`.",
        "hooklog.log.partition.months_ahead":
            "Months ahead that have a partition; -1 when the present one has none, and appends fail.",
        "hooklog.metrics.dropped.series": "Measurements not shown because there were too many series.",
        "hooklog.projection.dead_letters": "Events set aside that nobody has retried or discarded.",
        "hooklog.projection.events": "Events folded into read models.",
        "hooklog.projection.lag": "Events that the read model furthest behind has not read.",
        "hooklog.projection.lag.seconds": "Age of the oldest of these events; alert when it grows while the head does.",
        "hooklog.projection.page.duration": "Time that a page of the log took to fold.",
        "hooklog.projection.set_aside": "Events set aside by this process, whatever became of them.",
        "hooklog.projection.steps": "Attempts to fold a page, by outcome.",
        "hooklog.rate_limit.rejections": "Requests refused with 429 for their key's limit, by live and test data.",
        "hooklog.rejected_delivery.uncounted": "Refused deliveries that could not be recorded.",
        "hooklog.webhook.deliveries": "Deliveries by connector and outcome.",
        "hooklog.webhook.old_key_deliveries": "Deliveries that only an old secret verified.",
        "hooklog.webhook.rejections": "Deliveries refused with 401, by connector and reason.",
        "http.server.active_requests": "Requests being answered.",
        "http.server.request.duration": "Time from a request's head to its answer, by route, method and status.",
    ]
}
