/**
 * What the pages and the HTTP answers of all services share: layout, language, problem details,
 * server-sent events.
 *
 * <h2>How a service makes a page</h2>
 *
 * <p>A class annotated {@link barocall.kit.web.PageController} (not {@code @Controller}) answers
 * with the name of a template under {@code templates/} of the service; the model then has {@code
 * page} ({@link barocall.kit.web.Page}). A functional route renders by {@link
 * barocall.kit.web.Pages#render}. The template hands title and content to the layout:
 *
 * <pre>{@code
 * <!DOCTYPE html>
 * <html xmlns:th="http://www.thymeleaf.org"
 *       th:replace="~{layout :: page(title=#{desk.title}, content=~{::content}, script='desk.js', wide=true)}">
 * <body>
 * <th:block th:fragment="content">
 *   <h1 th:text="#{desk.title}">상담 화면</h1>
 * </th:block>
 * </body>
 * </html>
 * }</pre>
 *
 * <p>Only {@code title} and {@code content} are needed. {@code script} is an ES module of the
 * service in {@code static/assets/}; {@code wide} lets the content use the whole width; {@code
 * crumbs} is a list of {@link barocall.kit.web.Crumb}; {@code kind} becomes a class of {@code
 * <body>}.
 *
 * <p>Words stand in {@code messages.properties} (Korean) and {@code messages_en.properties} of each
 * service, those that all share in {@code kit-messages}. The language is Korean unless {@code
 * ?lang=en} or the cookie {@code barocall_lang} says otherwise. Forms carry the CSRF token by
 * themselves where they use {@code th:action}; scripts use {@code api.js}.
 *
 * <p>Assets are linked below {@code page.assets()}, whose path changes with their content, so that
 * browsers keep them for a year; modules import each other by relative paths ({@code import
 * {connect} from './live.js'}). No inline script or style.
 *
 * <h2>How a service answers an error</h2>
 *
 * <p>It throws {@link barocall.kit.web.ProblemException}. Whatever else is thrown becomes a problem
 * too: what the client did wrong is said field by field without repeating the value; what we did
 * wrong is logged once under an id that the problem shows.
 *
 * <h2>How a page stays true</h2>
 *
 * <p>A service makes a {@link barocall.kit.web.SharedPicture} or a {@link
 * barocall.kit.web.LiveList} from {@link barocall.kit.web.LiveStreams} once, answers {@code
 * text/event-stream} with its {@code of(city)}, nudges it where it knows of a change, and passes
 * {@code live=true} to the layout. Its script:
 *
 * <pre>{@code
 * import {KeyedList, connect, make, patchFigures} from './live.js';
 * const queue = new KeyedList(document.querySelector('[data-rows]'), row => make('li', {}, row.subject), row => row.id);
 * connect(url, {snapshot: data => queue.apply(data), changes: data => queue.apply(data), picture: data => patchFigures(document, data)});
 * }</pre>
 *
 * <p>Forms: {@code sendAsJson(form, {url, done})} of {@code forms.js} sends once, keeps what was
 * typed and shows errors at their fields; {@code data-ask-before-leaving} guards a plain form too.
 * Times: {@code <time datetime="…" data-show="date|datetime|clock|relative|both|due|running">},
 * shown in the city's zone. Figures: {@code data-figure="path.to.member"}. Components are the
 * classes of {@code barocall.css}; the page of samples in the tests shows each.
 */
@NullMarked
package barocall.kit.web;

import org.jspecify.annotations.NullMarked;
