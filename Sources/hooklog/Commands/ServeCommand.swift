import ArgumentParser
import CHeap
import HTTPServer
import Metrics

/// `hooklog serve`: takes webhooks in, keeps read models, answers queries.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Take webhooks in, keep the read models up to date, answer queries.",
        discussion: """
            Senders and clients come to --listen; health, metrics and other things for operators are at \
            --admin-listen. Stops on SIGTERM or SIGINT once what was accepted is finished, within 25 seconds; a second \
            signal ends it at once.

              hooklog serve --embedded-postgres ./data
              HOOKLOG_DATABASE_URL=postgres://… HOOKLOG_MASTER_KEY=… \\
                hooklog serve --listen :8080
            """
    )

    @Option(help: .value("host:port", "Where to listen for senders and clients (default: 127.0.0.1:8080)."))
    var listen: String?

    @Option(help: .value("host:port", "Where to listen for operators (default: 127.0.0.1:8081)."))
    var adminListen: String?

    @Option(help: .value("names", "The parts to run (default: receiver,projector,api)."))
    var roles: String?

    @Option(help: .value("number", "Public connections at a time (default: 4096)."))
    var connections: String?

    @Option(help: .value("MiB", "The memory that requests may take together (default: 64)."))
    var bodyMemory: String?

    @Option(help: .value("names", "What else operators may call the host of --admin-listen, with commas."))
    var adminHosts: String?

    @OptionGroup var projectionOptions: ProjectionOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var logOptions: LogOptions

    /// The settings given as flags.
    var flags: [SettingKey: String] {
        let own: [SettingKey: String?] = [
            .listen: listen, .adminListen: adminListen, .roles: roles, .adminHosts: adminHosts,
            .connections: connections, .bodyMemory: bodyMemory,
        ]
        return [databaseOptions.flags, logOptions.flags, projectionOptions.flags]
            .reduce(own.compactMapValues(\.self)) { $0.merging($1) { $1 } }
    }

    func validate() throws {
        for (name, address) in [("--listen", listen), ("--admin-listen", adminListen)] {
            guard address.map({ ListenAddress($0) != nil }) ?? true else {
                throw ValidationError("\(name) must be host:port, such as 127.0.0.1:8080, [::1]:8080 or :8080.")
            }
        }
    }

    func run() async throws {
        hooklog_bound_heap()
        let config = try await databaseOptions.loadSettings(flags)
        let settings = try ServeSettings(config: config, flags: flags)
        let metrics = PrometheusMetrics(descriptions: MetricDescriptions.all)
        MetricsSystem.bootstrap(metrics)
        try await Server(settings: settings, metrics: metrics, logger: settings.log.logger()).run()
    }
}
