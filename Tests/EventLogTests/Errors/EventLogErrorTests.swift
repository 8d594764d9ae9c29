import EventLog
import Postgres
import Testing

struct EventLogErrorTests {
    private let source = SourceID.sample(WorkspaceID(rawValue: 5), 6)

    @Test(arguments: EventLogError.Code.allCases)
    func descriptionIsOneSentenceWithAWayOut(_ code: EventLogError.Code) {
        for error in [EventLogError(code), EventLogError(code, source: source, detail: "it is so.")] {
            #expect(error.description.hasSuffix("."))
            #expect(!error.description.contains("  "))
            #expect(!error.description.contains(".."))
        }
    }

    @Test(arguments: EventLogError.Code.allCases)
    func onlyPassingTroubleIsWorthARetry(_ code: EventLogError.Code) {
        #expect((EventLogError(code).retryAfter != nil) == [.unavailable, .queueFull].contains(code))
    }

    @Test func sourceNamesItsWorkspace() {
        let error = EventLogError(.unknownSource, source: source)
        #expect(error.workspace == WorkspaceID(rawValue: 5))
        #expect(error.description.contains(source.description))
    }

    @Test func codesAreDistinctLabels() {
        let labels = EventLogError.Code.allCases.map(\.rawValue)
        #expect(Set(labels).count == labels.count)
        #expect(labels.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "_" } })
    }
}
