import EventLog

/// Reads the parameters of a list one by one, and gathers what is wrong with them.
struct ParameterReader {
    private let items: QueryItems
    private(set) var faults: [Fault] = []

    init(_ items: QueryItems) {
        self.items = items
    }

    /// The text of a parameter; nil when it is absent or wrong.
    mutating func text(_ name: String) -> String? {
        let given = items.all(name)
        guard given.count <= 1 else {
            note(name, .repeated)
            return nil
        }
        guard let text = given.first else { return nil }
        guard !text.utf8.contains(0), text.utf8.count <= 4096 else {
            note(name, .unreadable)
            return nil
        }
        return text
    }

    /// A whole number in a range.
    mutating func integer(_ name: String, _ range: ClosedRange<Int64>) -> Int64? {
        guard let text = text(name) else { return nil }
        guard let number = Int64(text), !text.hasPrefix("+") else {
            note(name, .notA(.integer, received: nil))
            return nil
        }
        guard !range.contains(number) else { return number }
        note(name, number < range.lowerBound ? .tooSmall(range.lowerBound) : .tooBig(range.upperBound))
        return nil
    }

    /// The object at the edge of the page before, and the side of it that is asked for.
    mutating func edge() -> (name: String, direction: String, id: String)? {
        let edges = [("startingAfter", "after"), ("endingBefore", "before")].compactMap { name, direction in
            uuid(name).map { (name: name, direction: direction, id: $0) }
        }
        if edges.count > 1 { note("startingAfter", .excludes("endingBefore")) }
        return edges.first
    }

    private mutating func uuid(_ name: String) -> String? {
        guard let text = text(name) else { return nil }
        guard let id = TextForm.uuid(text) else {
            note(name, .notAUUID)
            return nil
        }
        return id
    }

    /// What rows are sorted by (nil is when Hooklog first heard of them) and in which direction.
    mutating func order(_ rules: ListRules) -> (sort: String?, isDescending: Bool) {
        switch rules.order {
        case .fixed: return (nil, true)
        case .ordering:
            let text = text("ordering") ?? ""
            let name = text.hasPrefix("-") ? String(text.dropFirst()) : text
            guard rules.sorts.contains(name) else { return (nil, true) }
            return (name, text.hasPrefix("-"))
        case .sortBy:
            let sort = word("sort_by", rules.sorts)
            let direction = word("sort_order", ["asc", "desc"])
            return (sort, direction.map { $0 == "desc" } ?? (sort == nil))
        }
    }

    private mutating func word(_ name: String, _ words: [String]) -> String? {
        guard let text = text(name) else { return nil }
        guard words.contains(text) else {
            note(name, .notOneOf(words, given: text))
            return nil
        }
        return text
    }

    /// The filters as the list's statement takes them; nil for none.
    mutating func filters(_ filters: [ListFilter], _ parent: (column: String, id: String)?) -> String? {
        var columns = JSONObjectText()
        var named: Set<String> = []
        var conditions: [String] = []
        if let parent {
            columns.append(parent.column, parent.id)
            named.insert(parent.column)
        }
        for filter in filters {
            for (path, test, values) in tests(filter) {
                guard let column = filter.column, test == "is" else {
                    conditions.append(Self.condition(path.map { [$0] } ?? filter.paths, test, values))
                    continue
                }
                if values.count == 1, named.insert(column).inserted {
                    columns.append(column, values[0])
                } else {
                    conditions.append(Self.condition([[column]], "column", values))
                }
            }
        }
        guard !named.isEmpty || !conditions.isEmpty else { return nil }
        var all = JSONObjectText()
        all.append("indexed", json: columns.text)
        if !conditions.isEmpty { all.append("conditions", json: "[\(conditions.joined(separator: ","))]") }
        return all.text
    }

    /// A condition on what is at a path; nil is the filter's own paths.
    private typealias Test = (path: [String]?, test: String, values: [String])

    private mutating func tests(_ filter: ListFilter) -> [Test] {
        let name = filter.name
        switch filter.kind {
        case .text, .lowercased:
            let isLowercased = if case .lowercased = filter.kind { true } else { false }
            let single = value(name).map { [isLowercased ? (try? items.address(name)) ?? $0 : $0] }
            let several = value(name + "__in").map { $0.split(separator: ",").map(String.init) }
            return [single, several].compactMap(\.self)
                .map { (nil, "is", isLowercased ? $0.map { $0.lowercased() } : $0) }
        case .boolean:
            guard let text = value(name) else { return [] }
            guard let flag = ["true": "true", "1": "true", "false": "false", "0": "false"][text.lowercased()] else {
                note(name, .notA(.boolean, received: nil))
                return []
            }
            return [(nil, "is", [flag])]
        case .time: return ["gte", "gt", "lte", "lt"].compactMap { time(name, $0) }
        case .element: return test(name, "has")
        case .search: return test(name, "contains")
        case .prefix: return test(name, "begins")
        case .suffix: return test(name, "ends")
        case .members:
            return items.names.filter { $0.hasPrefix(name + "__") }.sorted().compactMap { parameter in
                value(parameter).map { ([name, String(parameter.dropFirst(name.count + 2))], "is", [$0]) }
            }
        }
    }

    private mutating func test(_ name: String, _ test: String) -> [Test] {
        value(name).map { [(nil, test, [$0])] } ?? []
    }

    private mutating func time(_ name: String, _ test: String) -> Test? {
        guard let text = value("\(name)__\(test)") else { return nil }
        // The plus of an offset reads as a space when a client did not encode it.
        let time = text.utf8.count == 10 ? text + "T00:00:00Z" : text.replacing(" ", with: "+")
        guard let time = TextForm.moment(time) else {
            note("\(name)__\(test)", .notA(.time, received: nil))
            return nil
        }
        return (nil, test, [time])
    }

    /// The text of a filter; an empty one is none.
    private mutating func value(_ name: String) -> String? {
        text(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func condition(_ paths: [[String]], _ test: String, _ values: [String]) -> String {
        let paths = paths.map { list($0) }.joined(separator: ",")
        return "{\"paths\":[\(paths)],\"test\":\"\(test)\",\"values\":\(list(values))}"
    }

    private static func list(_ texts: [String]) -> String {
        "[\(texts.map { JSONText.quoted($0) }.joined(separator: ","))]"
    }

    private mutating func note(_ name: String, _ cause: Fault.Cause) {
        faults.append(Fault(.query, name, cause))
    }
}
