package barocall.testkit.model;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * One line of work inside a process of the operating system.
 *
 * @param name as a printed schedule calls it
 * @param host what ends together: the lines of work of one host crash at once
 * @param role processes of the same role do the same; hosts of the same roles, in the same order,
 *     are interchangeable and are not gone through in both orders
 * @param first at what it rests in the beginning
 * @param works what it may begin, by what it rests at; alternatives are all explored
 * @param crashed at what it rests after its host crashed, by what it rested at before; while it
 *     works, by what it rested at when it began
 */
public record Process(
    String name,
    String host,
    String role,
    Object first,
    BiFunction<Object, Documents, List<Work>> works,
    UnaryOperator<Object> crashed) {}
