import ArgumentParser
import Foundation
import Testing

@testable import hooklog

@Suite("Help texts")
struct HelpTests {
    /// Every command below one, itself included.
    private static func commands(below command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        [command] + command.configuration.subcommands.flatMap(commands)
            + command.configuration.groupedSubcommands.flatMap { $0.subcommands.flatMap(commands) }
    }

    @Test("Every command says what it does in a sentence")
    func everyCommandHasAnAbstract() {
        let all = Self.commands(below: RootCommand.self)
        #expect(all.count > 30)
        for command in all {
            let abstract = command.configuration.abstract
            #expect(abstract.hasSuffix(".") && abstract.count <= 80, "\(command): \(abstract)")
            #expect(command.configuration.commandName != nil, "\(command)")
        }
    }

    @Test("Examples fit a terminal")
    func examplesFitATerminal() {
        for command in Self.commands(below: RootCommand.self) {
            for line in command.configuration.discussion.split(separator: "\n") where line.hasPrefix("  ") {
                #expect(line.count <= 80, "\(command): \(line)")
            }
        }
    }

    @Test("Every option and argument is explained in a sentence")
    func everyOptionIsExplained() throws {
        let error = #expect(throws: (any Error).self) { try RootCommand.parseAsRoot(["--experimental-dump-help"]) }
        let text = RootCommand.fullMessage(for: try #require(error))
        let dump = try JSONDecoder().decode(HelpDump.self, from: Data(text.utf8))
        let all = dump.command.all.flatMap { command in (command.arguments ?? []).map { (command, $0) } }
        #expect(all.count > 150)
        for (command, argument) in all {
            let abstract = argument.abstract ?? ""
            #expect(abstract.hasSuffix("."), "\(command.commandName) \(argument.valueName ?? ""): \(abstract)")
        }
    }
}

/// What ArgumentParser tells of a command.
private struct HelpDump: Decodable {
    struct Command: Decodable {
        struct Argument: Decodable {
            let abstract: String?
            let valueName: String?
        }

        let commandName: String
        let arguments: [Argument]?
        let subcommands: [Command]?

        /// The command and all below it, but for the parser's own.
        var all: [Command] {
            guard commandName != "help" else { return [] }
            return [self] + (subcommands ?? []).flatMap(\.all)
        }
    }

    let command: Command
}
