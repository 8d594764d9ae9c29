/// A value in a valid JSON text, read where it stands, so that numbers and spelling stay as they are.
///
/// What it tells of a text that is not valid JSON means nothing, but it never fails and never reads beyond the text.
package struct JSONPart: Sendable, Hashable {
    private let text: [UInt8]
    private let range: Range<Int>

    /// Takes a whole text.
    package init(_ text: [UInt8]) {
        self.init(text, 0..<text.count)
    }

    private init(_ text: [UInt8], _ range: Range<Int>) {
        var range = range
        while let first = range.first, JSONScanner.isSpace(text[first]) { range.removeFirst() }
        while let last = range.last, JSONScanner.isSpace(text[last]) { range.removeLast() }
        self.text = text
        self.range = range
    }

    /// The value's own text.
    package var bytes: ArraySlice<UInt8> { text[range] }

    private var first: UInt8? { range.first.map { text[$0] } }

    /// Members of an object, read in one pass.
    package struct Members: Sendable {
        fileprivate let names: [String]
        fileprivate let values: [JSONPart?]

        /// The member of a name that was asked for; nil where there is none.
        package subscript(_ name: String) -> JSONPart? {
            guard let index = names.firstIndex(of: name) else {
                preconditionFailure("The member \(name) was not asked for.")
            }
            return values[index]
        }
    }

    /// The members of an object that have these names; none of anything else.
    ///
    /// Of members with one name it is the last, as jsonb and JavaScript take it.
    package func members(_ names: String...) -> Members { Members(names: names, values: values(of: names)) }

    private func values(of names: [String]) -> [JSONPart?] {
        var found = [Range<Int>?](repeating: nil, count: names.count)
        guard isObject else { return found.map { _ in nil } }
        var scanner = JSONScanner(text, range.dropFirst())
        while let name = scanner.nextName() {
            let value = scanner.nextValue()
            guard let index = names.firstIndex(where: { isName(name, $0) }) else { continue }
            found[index] = value
        }
        return found.map { $0.map { JSONPart(text, $0) } }
    }

    /// The member of that name; see ``members(_:)``.
    package subscript(_ name: String) -> JSONPart? { values(of: [name])[0] }

    /// The elements of an array; none of anything else.
    package var elements: [JSONPart] {
        guard first == UInt8(ascii: "[") else { return [] }
        var scanner = JSONScanner(text, range.dropFirst())
        var elements: [JSONPart] = []
        while scanner.hasNextElement() { elements.append(JSONPart(text, scanner.nextValue())) }
        return elements
    }

    /// The element at a place in an array, from 0; nil where there is none.
    package func element(at index: Int) -> JSONPart? {
        guard first == UInt8(ascii: "["), index >= 0 else { return nil }
        var scanner = JSONScanner(text, range.dropFirst())
        var passed = 0
        while scanner.hasNextElement() {
            let value = scanner.nextValue()
            if passed == index { return JSONPart(text, value) }
            passed += 1
        }
        return nil
    }

    /// Whether it is an object.
    package var isObject: Bool { first == UInt8(ascii: "{") }

    /// A string's characters; nil for anything else.
    package var string: String? {
        guard first == UInt8(ascii: "\""), range.count > 1 else { return nil }
        return JSONScanner.characters(text[range].dropFirst().dropLast())
    }

    /// A number as it is written; nil for anything else.
    package var number: String? {
        isNumber ? String(decoding: bytes, as: UTF8.self) : nil
    }

    /// Whether it is a number.
    var isNumber: Bool { first.map { $0 == UInt8(ascii: "-") || JSONScanner.isDigit($0) } ?? false }

    /// A boolean; nil for anything else.
    package var boolean: Bool? {
        switch first {
        case UInt8(ascii: "t"): true
        case UInt8(ascii: "f"): false
        default: nil
        }
    }

    private func isName(_ quoted: Range<Int>, _ name: String) -> Bool {
        let written = text[quoted]
        return written.contains(UInt8(ascii: "\\"))
            ? JSONScanner.characters(written)?.utf8.elementsEqual(name.utf8) == true
            : written.elementsEqual(name.utf8)
    }
}

extension JSONPart? {
    /// The member of that name, where there is an object with one.
    package subscript(_ name: String) -> JSONPart? { self?[name] }
}
