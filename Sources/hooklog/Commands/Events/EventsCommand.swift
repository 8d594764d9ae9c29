import ArgumentParser
import Connectors
import EventLog

/// `hooklog events`: reads the log.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Read the event log.",
        subcommands: [ListEventsCommand.self, ShowEventCommand.self, TailEventsCommand.self]
    )
}

/// The options that choose events.
struct EventFilterOptions: ParsableArguments {
    @Flag(help: "Read test events instead of live ones.")
    var test = false

    @Option(help: .value("name", "Only events of this type, such as customer.created."))
    var type: String?

    @Option(help: .value("type/id", "Only events of this entity, such as customer/cus_1."))
    var entity: EventFilter.Entity?

    /// The filter that the options describe.
    var filter: EventFilter { EventFilter(livemode: !test, type: type, entity: entity) }
}

extension EventFilter.Entity: ExpressibleByArgument {
    /// Reads `type/id`.
    package init?(argument: String) { self.init(argument) }
}

/// `hooklog events list`: prints a page of events.
struct ListEventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print events in the order of their positions.",
        discussion: "  hooklog events list --entity customer/cus_1 --after 1200"
    )

    @OptionGroup var workspaceOptions: WorkspaceOptions
    @OptionGroup var filterOptions: EventFilterOptions

    @Option(help: .value("position", "Begin after this position."))
    var after: Int64 = 0

    @Option(help: .value("n", "How many events to print, up to 1000."))
    var limit = 100

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func validate() throws {
        guard EventReader.limits ~= limit else { throw ValidationError("--limit must be from 1 to 1000.") }
        guard after >= 0 else { throw ValidationError("--after must not be negative.") }
    }

    func run() async throws {
        let page = try await databaseOptions.withDatabase { database in
            let workspace = try await workspaceOptions.find(in: database)
            let cursor = EventCursor(reader: database.events, workspace: workspace, filter: filterOptions.filter)
            return try await cursor.page(after: Position(rawValue: after), limit: limit)
        }
        guard !output.isJSON else { return try Output.writeLine(page.json) }
        let table = EventLine.table(try page.events.map { try EventLine($0) })
        try Output.writeLine(table.text(emphasisesHeadings: output.isTerminal))
    }
}

/// `hooklog events show`: prints one event.
struct ShowEventCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print one event with its headers and its body as JSON."
    )

    @Argument(help: "The event's position.")
    var position: Int64

    @OptionGroup var workspaceOptions: WorkspaceOptions

    @Flag(help: "Show a test event instead of a live one.")
    var test = false

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let event = try await databaseOptions.withDatabase { database in
            try await database.events.event(
                at: Position(rawValue: position),
                in: workspaceOptions.find(in: database),
                livemode: !test
            )
        }
        guard let event else {
            throw CommandError(
                .notFound,
                "There is no \(test ? "test" : "live") event at position \(position). See `hooklog events list`"
                    + (test ? "." : ", or add --test for a test event.")
            )
        }
        try Output.writeLine(JSONElements.oneLine(event))
    }
}

/// `hooklog events tail`: prints events as they come.
struct TailEventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Print events as they come, until interrupted.",
        discussion: "Without --after it begins with the next event that comes."
    )

    @OptionGroup var workspaceOptions: WorkspaceOptions
    @OptionGroup var filterOptions: EventFilterOptions

    @Option(help: .value("position", "Begin after this position; 0 is the first event."))
    var after: Int64?

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        do {
            try await tail()
        } catch let error as CommandError where error.code == .interrupted {
            // That is how a tail ends.
        }
    }

    private func tail() async throws {
        try await databaseOptions.withDatabase { database in
            let workspace = try await workspaceOptions.find(in: database)
            let cursor = EventCursor(reader: database.events, workspace: workspace, filter: filterOptions.filter)
            let head = try await database.events.head(of: workspace).position
            let start = after.map(Position.init(rawValue:)) ?? head
            try await cursor.follow(after: start) { event in
                try Output.writeLine(output.isJSON ? event : EventLine(event).text)
            }
        }
    }
}
