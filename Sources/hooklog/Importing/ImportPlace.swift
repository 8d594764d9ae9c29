import Foundation

/// What is kept of an import under way, so that it goes on when it is cut off.
struct ImportPlace: Codable, Hashable {
    /// Where the reading goes on, as its JSON.
    var reading: String
    /// How many lines were refused by then: they are not read again.
    var refused: Int

    /// Creates the place of a reading.
    init(reading: [UInt8], refused: Int) {
        self.reading = String(decoding: reading, as: UTF8.self)
        self.refused = refused
    }

    /// Reads what ``json`` wrote; nil for anything else.
    init?(json: [UInt8]) {
        guard let place = try? JSONDecoder().decode(ImportPlace.self, from: Data(json)) else { return nil }
        self = place
    }

    /// The place as JSON.
    var json: [UInt8] {
        get throws { Array(try JSONEncoder().encode(self)) }
    }
}
