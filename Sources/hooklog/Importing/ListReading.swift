import Connectors
import EventLog
import Foundation

/// Reads a vendor's lists from its API, a few pages at a time.
actor ListReading: ImportReading {
    /// Where an import from an API goes on.
    struct State: Codable, Hashable {
        let place: VendorWalk.Place
        let objects: Int
    }

    /// A slow vendor's objects wait no longer than this for others.
    private static let longestChunk = Duration.seconds(1)

    nonisolated let origin: String
    nonisolated let earlierCount: Int
    private let answers: ListClient
    private var walk: VendorWalk
    private var objectCount: Int
    private var measured = Measured()

    /// Creates a reading of all lists.
    ///
    /// - Parameters:
    ///   - width: How many requests may be under way at a time.
    ///   - earlier: The state of an interrupted import of the same origin.
    init(_ api: VendorAPI, origin: String, answers: ListClient, width: Int, earlier: String? = nil) {
        let state = earlier.flatMap { try? JSONDecoder().decode(State.self, from: Data($0.utf8)) }
        self.origin = origin
        self.answers = answers
        walk = VendorWalk(api, from: state?.place, width: width)
        earlierCount = state?.objects ?? 0
        objectCount = earlierCount
    }

    var absentKinds: [String] { walk.isOver ? walk.absentKinds : [] }

    func next() async throws -> ImportChunk? {
        guard !walk.isOver else { return nil }
        // What is read counts as of now, when it is asked for, since it may change while it is on its way.
        var chunk = ImportChunk(unit: .object)
        var bytes = 0
        let start = ContinuousClock.now
        while !walk.isOver, chunk.lines.count < EventImporter.batchCount / 2, bytes < EventImporter.batchBytes,
            ContinuousClock.now - start < Self.longestChunk
        {
            let requests = walk.requests
            let answers = try await ask(requests)
            walk.receive(answers)
            for (request, page) in zip(requests, answers.map(\.page)) {
                for line in page?.lines ?? [] {
                    objectCount += 1
                    bytes += line.bytes.count
                    chunk.lines.append(NumberedLine(number: objectCount, line: line))
                }
                if let page { measured.note(page, of: request) }
            }
        }
        chunk.part = measured.kind
        chunk.done = measured.kind == nil ? Int64(objectCount) : measured.done
        chunk.total = measured.total
        let state = State(place: walk.place, objects: objectCount)
        chunk.state = String(decoding: try JSONEncoder().encode(state), as: UTF8.self)
        return chunk
    }

    /// How far the list in hand is, of those that say how many objects they have.
    private struct Measured {
        private(set) var kind: String?
        private(set) var done: Int64 = 0
        private(set) var total: Int64?

        mutating func note(_ page: VendorPage, of request: VendorPageRequest) {
            guard let count = page.count else {
                self = Measured()
                return
            }
            if kind != request.list.kind { done = 0 }
            kind = request.list.kind
            done += Int64(page.lines.count)
            total = Int64(count)
        }
    }

    /// Asks for all at a time; the answers stand in the order of the requests.
    private func ask(_ requests: [VendorPageRequest]) async throws -> [VendorAnswer] {
        let answers = answers
        return try await withThrowingTaskGroup(of: (Int, VendorAnswer).self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask { (index, try await answers.answer(to: request)) }
            }
            var ordered = [VendorAnswer](repeating: .absent, count: requests.count)
            for try await (index, answer) in group { ordered[index] = answer }
            return ordered
        }
    }
}
